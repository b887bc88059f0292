import { auditActor } from "@/server/services/audit-actor";
import { type BackfillPlan, type BackfillRange, planBackfill } from "@/server/services/backfills/plan-backfill";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { insertIntents } from "@/server/store/cycle-intent";
import { enqueue } from "@/server/store/enqueue";
import { mintId } from "@/server/store/mint-id";

/**
 * Lets the cycles of a range run that have no run yet, oldest first, so many at once as the limit says and always behind
 * the scheduled ones.
 * @throws {NereusError} what `planBackfill` throws, not-permitted
 */
export async function startBackfill(
  ctx: ServiceContext,
  wish: BackfillRange & { readonly limit: number; readonly reason: string | null },
): Promise<BackfillPlan & { readonly id: string }> {
  demand(ctx.actor, "manage schedules");
  const plan = await planBackfill(ctx, wish);
  const id = mintId("b", ctx.now());
  const rows = plan.cycles
    .filter(({ state }) => state === "new")
    .map(({ cycle }) => ({
      ...{ pipelineId: plan.pipelineId, input: plan.input, cycle, dueAt: ctx.now() },
      ...{ backfillId: id, backfillLimit: wish.limit },
    }));
  await ctx.db.transaction(async (tx) => {
    await insertIntents(tx, rows);
    const { pipelineId: pipeline, from, to, limit, reason } = wish;
    const detail = { pipeline, from, to, limit, cycles: rows.length };
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "start a backfill", subject: id, reason, detail });
    await enqueue(tx, "timer");
  });
  return { ...plan, id };
}
