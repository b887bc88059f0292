import type { Actor } from "@/server/services/context";
import type { AuditEntry } from "@/server/store/audit";

/** The actor as an audit row names it. Only actors that passed `demand` get here. */
export function auditActor(actor: Actor): Pick<AuditEntry, "actorId" | "actorKind"> {
  return actor.kind === "user"
    ? { actorId: actor.userId, actorKind: "user" }
    : { actorId: null, actorKind: actor.kind === "host" ? "host" : "system" };
}
