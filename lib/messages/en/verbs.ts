import type { Verb } from "@/lib/verbs";

/** Each verb as it stands after "may not" or "Sign in to". */
export const verbs: Record<Verb, string> = {
  "run.request": "ask for a run",
  "run.read": "see this run",
  "run.cancel": "cancel a run",
  "run.cancel-any": "cancel the run of someone else",
  "schedule.read": "see the schedules",
  "schedule.manage": "change schedules",
  "account.read": "see the accounts",
  "account.manage": "change accounts",
  "audit.read": "read the audit log",
};
