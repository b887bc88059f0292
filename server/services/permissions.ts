import { assertNever } from "@/lib/assert-never";
import { NereusError } from "@/lib/errors";
import type { Role } from "@/lib/roles";
import type { Verb } from "@/lib/verbs";
import type { Actor } from "@/server/services/context";

/** Who may do what; the only such table. The host's command line may do everything, people without account nothing of it. */
const permitted: Record<Verb, readonly Role[]> = {
  "run.request": ["requester", "operator", "officer", "admin"],
  "run.read": ["requester", "operator", "officer", "admin"],
  "run.cancel": ["requester", "operator", "officer", "admin"],
  "run.cancel-any": ["operator", "admin"],
  "schedule.read": ["operator", "officer", "admin"],
  "schedule.manage": ["operator", "admin"],
  "account.read": ["admin"],
  "account.manage": ["admin"],
  "audit.read": ["admin"],
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
