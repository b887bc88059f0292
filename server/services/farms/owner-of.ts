import type { Actor } from "@/server/services/context";
import type { FarmOwner } from "@/server/store/farm";

/** Whose farms an actor's are; those of the machine's own command line belong to nobody. */
export function ownerOf(actor: Actor): FarmOwner {
  return actor.kind === "user"
    ? { ownerId: actor.userId, organisationId: actor.organisationId }
    : { ownerId: null, organisationId: null };
}
