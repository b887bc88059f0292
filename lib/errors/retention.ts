/** Keeping files and letting them go. */
export type RetentionErrors = {
  "input-collected": { node: string; path: string; producer: string; at: string };
  "pin-exists": { run: string; node: string };
  "pin-unknown": { run: string; node: string };
  "pin-node-unknown": { run: string; node: string; known: string };
};
