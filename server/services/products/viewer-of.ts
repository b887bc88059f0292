import type { Actor } from "@/server/services/context";
import { may } from "@/server/services/permissions";
import type { Viewer } from "@/server/store/product";

/** Whose products an actor may see: everybody the public ones, members those of their organisation. */
export function viewerOf(actor: Actor): Viewer {
  return {
    all: may(actor, "read any product"),
    organisationId: actor.kind === "user" ? actor.organisationId : null,
  };
}
