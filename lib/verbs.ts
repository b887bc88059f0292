/** What a person can ask for; the permission table says which role may. Reading public things needs no verb. */
export const verbs = [
  "run.request",
  "run.read",
  "run.cancel",
  "run.cancel-any",
  "schedule.read",
  "schedule.manage",
  "account.read",
  "account.manage",
  "audit.read",
] as const;
export type Verb = (typeof verbs)[number];
