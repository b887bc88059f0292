/** Connections, runners and staging: failures of the place where work runs. */
export type ExecutionErrors = {
  "command-failed": { command: string; exitCode: number | null; signal: string | null; stderrTail: string };
  "command-timed-out": { command: string; seconds: number };
  "output-missing": { node: string; pattern: string };
  "input-missing": { node: string; reference: string };
  "path-leaves-scratch": { path: string };
  "artifact-changed": { path: string; wanted: string; got: string };
  "program-failed": { program: string; exitCode: number | null; signal: string | null; stderrTail: string };
  "fragment-invalid": { product: string; problem: string };
  "product-unknown": { product: string; run: string };
  "product-file-unknown": { product: string; path: string };
  "open-file-unknown": { path: string };
  "subset-parameter-invalid": { parameter: string; value: string; expected: string };
  "subset-outside-grid": { product: string; west: number; south: number; east: number; north: number };
  "subset-outside-times": { product: string; from: string; to: string };
  "subset-too-large": { product: string; cells: number; limitCells: number };
  "range-not-satisfiable": { path: string; sizeBytes: number };
  "disk-full": { path: string };
  "job-rejected": { problem: string };
  "queue-silent": { problem: string };
  "module-missing": { module: string };
  "job-broken": { node: string; site: string; failure: string; reason: string };
  "site-unreachable": { place: string; problem: string };
  "host-key-unknown": { host: string; fingerprint: string; command: string };
  "host-key-changed": { host: string; fingerprint: string; expected: string; file: string };
  "ssh-login-refused": { host: string; user: string; key: string };
  "ssh-key-unreadable": { path: string; problem: string };
};
