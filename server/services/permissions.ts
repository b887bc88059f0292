import { assertNever } from "@/lib/assert-never";
import { NereusError } from "@/lib/errors";
import type { Role } from "@/lib/roles";
import type { Verb } from "@/lib/verbs";
import type { Actor } from "@/server/services/context";

/**
 * Who may do what: the roles of each verb. Reading forecasts, runs and data needs no account and stands nowhere here.
 * The machine's own command line may do all.
 */
const permitted: Record<Verb, readonly Role[]> = {
  "request a run": ["requester", "operator", "officer", "admin"],
  "start a routine run": ["operator", "admin"],
  "cancel their own run": ["requester", "operator", "officer", "admin"],
  "cancel any run": ["operator", "admin"],
  "retry their own run": ["requester", "operator", "officer", "admin"],
  "operate any run": ["operator", "admin"],
  "decide at gates": ["operator", "officer", "admin"],
  "pin files": ["operator", "admin"],
  "collect garbage": ["admin"],
  "preview files": ["requester", "operator", "officer", "admin"],
  "read logs": ["requester", "operator", "officer", "admin"],
  "read any product": ["operator", "officer", "admin"],
  "read schedules": ["requester", "operator", "officer", "admin"],
  "manage schedules": ["operator", "admin"],
  "import pipelines": ["admin"],
  "export pipelines": ["operator", "officer", "admin"],
  "manage reporting tokens": ["admin"],
  "delete reported runs": ["operator", "admin"],
  "manage accounts": ["admin"],
  "read the audit log": ["admin"],
  "manage own farms": ["requester", "operator", "officer", "admin"],
  "change own password": ["requester", "operator", "officer", "admin"],
};

/** True when the table lets this actor do it. */
export function may(actor: Actor, verb: Verb): boolean {
  switch (actor.kind) {
    case "host":
      return true;
    case "anonymous":
      return false;
    case "user":
      return permitted[verb].includes(actor.role);
    default:
      return assertNever(actor);
  }
}

/**
 * Stops an actor whom the table does not let do it.
 * @throws {NereusError} `sign-in-required` for people without account, `not-permitted` for the others
 */
export function demand(actor: Actor, verb: Verb): void {
  if (may(actor, verb)) return;
  if (actor.kind !== "user") throw new NereusError("sign-in-required", { verb });
  throw new NereusError("not-permitted", { verb, role: actor.role, needed: permitted[verb].join(", ") });
}
