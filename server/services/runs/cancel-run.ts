import { isTerminalRun } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type RunId } from "@/lib/ids";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { enqueue } from "@/server/store/enqueue";
import { findRun, requestCancel } from "@/server/store/run";

/**
 * Notes that the run shall end; a worker stops its jobs and then ends it.
 * @throws {NereusError} run-unknown, run-already-ended, not-permitted
 */
export async function cancelRun(
  ctx: ServiceContext,
  wish: { readonly runId: string; readonly reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const run = await findRun(tx, asId<RunId>(wish.runId));
    const own = ctx.actor.kind === "user" && run?.requestedBy === ctx.actor.userId;
    demand(ctx.actor, own ? "cancel their own run" : "cancel any run");
    if (run === null) throw new NereusError("run-unknown", { run: wish.runId });
    const noted = await requestCancel(tx, run.id, { reason: wish.reason, at: ctx.now() });
    if (!noted || isTerminalRun(run.state)) {
      throw new NereusError("run-already-ended", { run: run.id, state: run.state });
    }
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "cancel a run", subject: run.id, reason: wish.reason });
    await enqueue(tx, "sweep");
  });
}
