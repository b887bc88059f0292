import type { Overlap } from "@/lib/cycle/cycle-intent";
import { checkRecurrence } from "@/lib/cycle/recurrence";
import { NereusError } from "@/lib/errors";
import { asId, type ScheduleId } from "@/lib/ids";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { demandPipeline, demandRunnable } from "@/server/services/pipelines/find-any-pipeline";
import { addAudit } from "@/server/store/audit";
import { enqueue } from "@/server/store/enqueue";
import { mintId } from "@/server/store/mint-id";
import { insertSchedule } from "@/server/store/schedule";

/**
 * Adds a schedule of a routine pipeline.
 * @throws {NereusError} pipeline-unknown, pipeline-unrunnable, schedule-kind, input-invalid, cron-invalid, recurrence-invalid, time-zone-unknown, not-permitted
 */
export async function createSchedule(
  ctx: ServiceContext,
  wish: {
    readonly pipelineId: string;
    readonly cron: string;
    readonly timeZone: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly overlap?: Overlap;
    readonly catchUp?: number;
    readonly runahead?: number | null;
  },
): Promise<{ readonly id: ScheduleId }> {
  demand(ctx.actor, "manage schedules");
  const module = await demandPipeline(ctx.db, wish.pipelineId);
  if (module.definition.kind !== "routinary") throw new NereusError("schedule-kind", { pipeline: wish.pipelineId });
  demandRunnable(module.definition);
  checkRecurrence(wish);
  const parsed = module.input.safeParse(wish.input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") || "input";
    throw new NereusError("input-invalid", { field, problem: issue?.message ?? "is not valid" });
  }
  const id = asId<ScheduleId>(mintId("s", ctx.now()));
  const { cron, timeZone, input, overlap, catchUp, runahead } = wish;
  const ownerId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  await ctx.db.transaction(async (tx) => {
    await insertSchedule(tx, {
      id,
      pipelineId: module.definition.id,
      cron,
      timeZone,
      input,
      overlap,
      catchUp,
      runahead,
      ownerId,
      createdAt: ctx.now(),
    });
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "create a schedule", subject: id, detail: { ...wish } });
    await enqueue(tx, "timer");
  });
  return { id };
}
