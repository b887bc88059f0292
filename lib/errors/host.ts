/** The machine, its configuration and its database: failures of starting and of set-up. */
export type HostErrors = {
  "config-invalid": { file: string; key: string; problem: string };
  "database-unreachable": { address: string; problem: string };
  "database-too-old": { version: string; needed: string };
  "embedded-database-missing": { platform: string };
  "embedded-database-failed": { step: string; problem: string };
  "port-taken": { port: number };
  "port-unusable": { address: string; problem: string };
  "home-unwritable": { path: string; problem: string };
};
