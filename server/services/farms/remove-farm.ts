import { NereusError } from "@/lib/errors";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { ownerOf } from "@/server/services/farms/owner-of";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { deleteFarm } from "@/server/store/farm";

/**
 * Forgets a farm of the actor; runs that counted in it stay.
 * @throws {NereusError} farm-unknown, sign-in-required, not-permitted
 */
export async function removeFarm(ctx: ServiceContext, { id }: { readonly id: string }): Promise<void> {
  demand(ctx.actor, "manage own farms");
  await ctx.db.transaction(async (tx) => {
    const name = await deleteFarm(tx, id, ownerOf(ctx.actor));
    if (name === null) throw new NereusError("farm-unknown", { farm: id });
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "remove a farm", subject: `farm:${id}`, detail: { name } });
  });
}
