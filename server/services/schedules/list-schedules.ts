import type { Overlap } from "@/lib/cycle/cycle-intent";
import { nextInstants } from "@/lib/cycle/recurrence";
import type { RunState } from "@/lib/dag/state";
import type { CyclePoint, PipelineId, RunId, ScheduleId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { readLastCycleRuns, readSchedules } from "@/server/store/schedule";

export type ScheduleView = {
  readonly id: ScheduleId;
  readonly pipelineId: PipelineId;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly paused: boolean;
  readonly pauseReason: string | null;
  readonly overlap: Overlap;
  readonly catchUp: number;
  readonly runahead: number | null;
  /** The next ten times, ISO 8601 UTC; none while paused. */
  readonly nextRuns: readonly string[];
  readonly lastRun: {
    readonly runId: RunId;
    readonly cycle: CyclePoint | null;
    readonly state: RunState;
    readonly createdAt: string;
  } | null;
};

const shownRuns = 10;

/** All schedules, by pipeline. */
export async function listSchedules(ctx: ServiceContext): Promise<readonly ScheduleView[]> {
  demand(ctx.actor, "read schedules");
  const rows = await readSchedules(ctx.db);
  const lastRuns = await readLastCycleRuns(
    ctx.db,
    rows.map((row) => row.pipelineId),
  );
  return rows.map((row) => {
    const { id, pipelineId, cron, timeZone, input, paused, pauseReason, overlap, catchUp, runahead } = row;
    const last = lastRuns.get(pipelineId);
    return {
      ...{ id, pipelineId, cron, timeZone, input, paused, pauseReason, overlap, catchUp, runahead },
      nextRuns: paused ? [] : nextInstants(row, ctx.now(), shownRuns).map((at) => at.toISOString()),
      lastRun: last
        ? { runId: last.id, cycle: last.cycle, state: last.state, createdAt: last.createdAt.toISOString() }
        : null,
    };
  });
}
