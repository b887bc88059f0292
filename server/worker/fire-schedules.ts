import type { Logger } from "pino";
import { instantOf } from "@/lib/cycle/cycle-point";
import { cycleNamer, lastInstants, nextInstants } from "@/lib/cycle/recurrence";
import type { ServiceContext } from "@/server/services/context";
import { requestRun } from "@/server/services/runs/request-run";
import { readSchedules, type ScheduleRow, setLastCycle } from "@/server/store/schedule";

/** Longest sleep: a clock that was set, or a schedule that nobody told of, is noticed by then, ms. */
const longestSleepMs = 60_000;
/** A cycle that could not be started is tried again after this, ms. */
const retryMs = 30_000;

/**
 * Starts the cycle of every schedule whose time has come. Of several times missed while no worker ran, the last one is
 * made up for; times that pass while a schedule is paused are not.
 * @returns ms until the next time of any schedule
 */
export async function fireSchedules(ctx: ServiceContext, log: Logger): Promise<number> {
  let sleepMs = longestSleepMs;
  for (const row of await readSchedules(ctx.db)) {
    const now = ctx.now();
    const due = lastInstantUntil(row, now);
    if (due !== null && !(await fire(ctx, row, { due, log }))) sleepMs = Math.min(sleepMs, retryMs);
    const [next] = nextInstants(row, now, 1);
    if (next) sleepMs = Math.min(sleepMs, next.getTime() - now.getTime());
  }
  return Math.max(0, sleepMs);
}

async function fire(
  ctx: ServiceContext,
  row: ScheduleRow,
  what: { readonly due: Date; readonly log: Logger },
): Promise<boolean> {
  const cycle = cycleNamer(row)(what.due);
  const about = { scheduleId: row.id, pipelineId: row.pipelineId, cycle };
  try {
    if (!row.paused) {
      const { runId, created } = await requestRun(ctx, { pipelineId: row.pipelineId, input: row.input, cycle });
      if (created) what.log.info({ ...about, runId }, "schedule fired");
    }
    await setLastCycle(ctx.db, row.id, cycle);
    return true;
  } catch (error) {
    what.log.error({ err: error, ...about }, "schedule did not fire");
    return false;
  }
}

/** The last time of the schedule that has come since it fired last; null when none has. */
function lastInstantUntil(row: ScheduleRow, until: Date): Date | null {
  const after = row.lastCycle === null ? row.createdAt : instantOf(row.lastCycle);
  const last = lastInstants(row, { after, until }, 1)[0];
  return last === undefined || cycleNamer(row)(last) === row.lastCycle ? null : last;
}
