import { NereusError } from "@/lib/errors";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { findPinPlace, type PinWish } from "@/server/services/pins/pin-place";
import { addAudit } from "@/server/store/audit";
import { addPin } from "@/server/store/pin";

/**
 * Keeps the files of a run, or of one of its steps, until they are let go.
 * @throws {NereusError} run-unknown, pin-node-unknown, pin-exists, not-permitted
 */
export async function pinFiles(ctx: ServiceContext, wish: PinWish & { readonly reason: string }): Promise<void> {
  demand(ctx.actor, "pin files");
  await ctx.db.transaction(async (tx) => {
    const { runId, nodeId } = await findPinPlace(tx, wish);
    const pinnedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const isNew = await addPin(tx, { runId, nodeId, reason: wish.reason, pinnedBy, pinnedAt: ctx.now() });
    if (!isNew) throw new NereusError("pin-exists", { run: runId, node: nodeId === null ? "" : ` (${nodeId})` });
    const entry = { verb: "pin files", subject: runId, reason: wish.reason, detail: { node: nodeId } };
    await addAudit(tx, { ...auditActor(ctx.actor), ...entry });
  });
}
