import type { Verb } from "@/lib/verbs";

/** Each verb as it stands after "may not" or "Sign in to". */
export const verbs: Record<Verb, string> = {
  "request a run": "ask for a run",
  "start a routine run": "start a routine run",
  "cancel their own run": "cancel a run",
  "cancel any run": "cancel the run of someone else",
  "retry their own run": "try a run of yours again",
  "operate any run": "hold, change or rerun parts of a run",
  "decide at gates": "approve or reject what waits at a gate",
  "preview files": "look into files here",
  "pin files": "keep files from being removed",
  "collect garbage": "remove files that nobody needs",
  "read logs": "read logs",
  "read any product": "read products of other organisations",
  "read schedules": "see the schedules",
  "manage schedules": "change schedules",
  "import pipelines": "import pipelines",
  "export pipelines": "export pipelines",
  "manage reporting tokens": "see and change the tokens of scripts that report runs",
  "delete reported runs": "delete runs that were reported from elsewhere",
  "manage accounts": "see and change accounts",
  "read the audit log": "read the audit log",
  "manage own farms": "keep farms",
  "change own password": "change your password",
};
