/** Sensors, gates and child runs: failures of what is waited for. */
export type WaitErrors = {
  "wait-expired": { node: string; seconds: number; what: string };
  "address-refused": { url: string; problem: string };
  "server-silent": { url: string; problem: string };
  "path-not-allowed": { path: string; roots: string };
  "pattern-too-wide": { pattern: string; limit: number };
  "watch-invalid": { node: string; problem: string };
  "gate-rejected": { node: string; who: string; reason: string };
  "gate-not-waiting": { run: string; node: string };
  "child-not-completed": { node: string; run: string; state: string; reason: string };
};
