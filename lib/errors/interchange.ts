/** Definitions that come from or go to other systems, and runs that other systems report. */
export type InterchangeErrors = {
  "import-invalid": { file: string; place: string; problem: string };
  "import-format": { file: string; problem: string };
  "import-built-in": { pipeline: string };
  "pipeline-unrunnable": { pipeline: string; nodes: string };
  "dagon-token-unknown": { token: string };
  "external-run-unknown": { run: string };
  "external-task-unknown": { task: string; run: string };
  "external-name-taken": { name: string; id: string };
  "report-invalid": { problem: string };
};
