import { cyclePointOf, readCycleTime } from "@/lib/cycle/cycle-point";
import { cycleNamer, nextInstants, type Recurrence } from "@/lib/cycle/recurrence";
import { NereusError } from "@/lib/errors";
import type { CyclePoint, PipelineId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { demandPipeline, demandRunnable } from "@/server/services/pipelines/find-any-pipeline";
import { readCycleStates } from "@/server/store/cycle-intent";
import { readSchedules } from "@/server/store/schedule";

export type BackfillRange = {
  readonly pipelineId: string;
  /** `2026-07-01` or `2026-07-01T06Z`; both ends belong to the range. */
  readonly from: string;
  readonly to: string;
  /** Whose times are the cycles; absent, the only schedule of the pipeline, else 00, 06, 12 and 18 UTC. */
  readonly schedule?: string;
};

export type PlannedCycle = {
  readonly cycle: CyclePoint;
  readonly at: string;
  /** `new` will run; the others are there already and are left alone. */
  readonly state: "new" | "waiting" | "exists";
  readonly runState: string | null;
};

export type BackfillPlan = {
  readonly pipelineId: PipelineId;
  readonly input: Readonly<Record<string, unknown>>;
  readonly cycles: readonly PlannedCycle[];
  readonly toRun: number;
};

const mostCycles = 2000;
const synoptic: Recurrence = { cron: "0 0,6,12,18 * * *", timeZone: "UTC" };

/**
 * What a backfill would do: the cycles of the range, and which of them exist already.
 * @throws {NereusError} pipeline-unknown, pipeline-unrunnable, schedule-kind, schedule-unknown, backfill-schedule, cycle-invalid,
 *   backfill-range, not-permitted
 */
export async function planBackfill(ctx: ServiceContext, range: BackfillRange): Promise<BackfillPlan> {
  demand(ctx.actor, "read schedules");
  const pipelineId = await routinePipeline(ctx, range.pipelineId);
  const { recurrence, input } = await chooseRecurrence(ctx, { pipelineId, schedule: range.schedule });
  const from = readCycleTime(range.from, "first");
  const to = readCycleTime(range.to, "last");
  const times = timesBetween(recurrence, from, to);
  if (times.length === 0 || times.length > mostCycles) {
    const fields = { from: range.from, to: range.to, count: times.length, limit: mostCycles };
    throw new NereusError("backfill-range", fields);
  }
  const nameCycle = recurrence === synoptic ? cyclePointOf : cycleNamer(recurrence);
  const named = times.map((at) => ({ at: at.toISOString(), cycle: nameCycle(at) }));
  const states = await readCycleStates(
    ctx.db,
    pipelineId,
    named.map(({ cycle }) => cycle),
  );
  const cycles = named.map((one): PlannedCycle => {
    const there = states.get(one.cycle);
    const runState = there?.run ?? null;
    return { ...one, runState, state: runState ? "exists" : there?.intent === "waiting" ? "waiting" : "new" };
  });
  return { pipelineId, input, cycles, toRun: cycles.filter(({ state }) => state === "new").length };
}

async function routinePipeline(ctx: ServiceContext, id: string): Promise<PipelineId> {
  const { definition } = await demandPipeline(ctx.db, id);
  if (definition.kind !== "routinary") throw new NereusError("schedule-kind", { pipeline: id });
  demandRunnable(definition);
  return definition.id;
}

async function chooseRecurrence(
  ctx: ServiceContext,
  wish: { readonly pipelineId: PipelineId; readonly schedule: string | undefined },
): Promise<{ recurrence: Recurrence; input: BackfillPlan["input"] }> {
  const own = (await readSchedules(ctx.db)).filter(({ pipelineId }) => pipelineId === wish.pipelineId);
  const named = wish.schedule === undefined ? own : own.filter(({ id }) => id === wish.schedule);
  const [row, ...others] = named;
  if (wish.schedule !== undefined && row === undefined)
    throw new NereusError("schedule-unknown", { schedule: wish.schedule });
  if (others.length > 0) {
    const schedules = own.map(({ id }) => id).join(", ");
    throw new NereusError("backfill-schedule", { pipeline: wish.pipelineId, schedules });
  }
  return row === undefined ? { recurrence: synoptic, input: {} } : { recurrence: row, input: row.input };
}

/** At most one more than may be asked, so that too long a range is known without walking through it. */
function timesBetween(recurrence: Recurrence, from: Date, to: Date): readonly Date[] {
  const after = new Date(from.getTime() - 1);
  return nextInstants(recurrence, after, mostCycles + 1).filter((at) => at <= to);
}
