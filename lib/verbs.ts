/** What needs an account, in the words of a refusal; `server/services/permissions.ts` says which role may. */
export const verbs = [
  "request a run",
  "start a routine run",
  "cancel their own run",
  "cancel any run",
  "retry their own run",
  "operate any run",
  "decide at gates",
  "pin files",
  "collect garbage",
  "read logs",
  "read any product",
  "read schedules",
  "manage schedules",
  "import pipelines",
  "export pipelines",
  "manage reporting tokens",
  "delete reported runs",
  "manage accounts",
  "read the audit log",
  "change own password",
] as const;
export type Verb = (typeof verbs)[number];
