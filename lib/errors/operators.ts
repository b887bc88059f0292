/** What operators ask of runs: failures of naming, of timing and of outputs set by hand. */
export type OperatorErrors = {
  "reason-missing": Record<string, never>;
  "node-unknown": { run: string; node: string; known: string };
  "task-unknown": { node: string; task: string; known: string };
  "task-needed": { node: string; count: number };
  "task-already-ended": { node: string; task: string; state: string };
  "operator-target": { action: string; targets: string };
  "nothing-to-do": { action: string; target: string };
  "node-without-tasks": { node: string; state: string };
  "run-not-ended": { run: string; state: string };
  "run-nothing-failed": { run: string };
  "rerun-publishes-partly": { product: string; node: string };
  "run-changed": { run: string };
  "run-being-cancelled": { run: string };
  "priority-invalid": { value: string; limit: number };
  "output-file-not-allowed": { file: string };
  "artifact-unknown": { artifact: string };
  "output-already-committed": { node: string; path: string };
  "output-wanted": { node: string; pattern: string };
  "output-publishes": { node: string; product: string };
};
