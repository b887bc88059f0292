/** Definitions that come from or go to other systems, and runs that other systems report. */
export type InterchangeErrors = {
  "import-invalid": { file: string; place: string; problem: string };
  "import-format": { file: string; problem: string };
  "import-built-in": { pipeline: string };
  "pipeline-unrunnable": { pipeline: string; nodes: string };
};
