import { NereusError } from "@/lib/errors";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { findPinPlace, type PinWish } from "@/server/services/pins/pin-place";
import { addAudit } from "@/server/store/audit";
import { noteSwept } from "@/server/store/collected";
import { removePin } from "@/server/store/pin";

/**
 * Lets the files go that `pinFiles` has kept; the next look for garbage judges them again.
 * @throws {NereusError} run-unknown, pin-node-unknown, pin-unknown, not-permitted
 */
export async function unpinFiles(ctx: ServiceContext, wish: PinWish & { readonly reason: string }): Promise<void> {
  demand(ctx.actor, "pin files");
  await ctx.db.transaction(async (tx) => {
    const { runId, nodeId } = await findPinPlace(tx, wish);
    if (!(await removePin(tx, runId, nodeId)))
      throw new NereusError("pin-unknown", { run: runId, node: nodeId === null ? "" : ` (${nodeId})` });
    await noteSwept(tx, runId, { sweptAt: new Date(0), nextAt: ctx.now() });
    const entry = { verb: "unpin files", subject: runId, reason: wish.reason, detail: { node: nodeId } };
    await addAudit(tx, { ...auditActor(ctx.actor), ...entry });
  });
}
