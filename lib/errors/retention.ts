/** Keeping files and letting them go. */
export type RetentionErrors = {
  "pin-exists": { run: string; node: string };
  "pin-unknown": { run: string; node: string };
  "pin-node-unknown": { run: string; node: string; known: string };
};
