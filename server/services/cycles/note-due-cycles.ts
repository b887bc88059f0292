import { instantOf } from "@/lib/cycle/cycle-point";
import { cycleNamer, lastInstants } from "@/lib/cycle/recurrence";
import type { ScheduleId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { insertIntents } from "@/server/store/cycle-intent";
import { lockSchedule, type ScheduleRow, setLastCycle } from "@/server/store/schedule";

/** A time this late is still on time: the timer sleeps a minute at most, ms. */
const onTimeMs = 120_000;
/** Missed times that the history shows; older ones leave no row. */
const mostMissed = 50;

/**
 * Writes down the cycles of a schedule whose time has come, in one transaction that holds the schedule: of two workers
 * one finds nothing left. Of times that passed while no worker ran, the newest up to the catch-up limit are made up for;
 * times that pass while the schedule is paused are not.
 */
export async function noteDueCycles(ctx: ServiceContext, id: ScheduleId): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const row = await lockSchedule(tx, id);
    if (row === null) return;
    const now = ctx.now();
    const due = dueCycles(row, now);
    const last = due.at(-1);
    if (last === undefined) return;
    const late = due.filter(({ at }) => now.getTime() - at.getTime() > onTimeMs);
    const missed = new Set(late.slice(0, Math.max(0, late.length - row.catchUp)));
    const { pipelineId, input } = row;
    const rows = due.map((one) => ({
      ...{ pipelineId, scheduleId: row.id, input, cycle: one.cycle, dueAt: one.at },
      ...(missed.has(one) ? { state: "skipped" as const, reason: "missed" as const } : {}),
    }));
    if (!row.paused) await insertIntents(tx, rows);
    await setLastCycle(tx, row.id, last.cycle);
  });
}

function dueCycles(row: ScheduleRow, until: Date) {
  const nameCycle = cycleNamer(row);
  const after = row.lastCycle === null ? row.createdAt : instantOf(row.lastCycle);
  const times = lastInstants(row, { after, until }, mostMissed + row.catchUp);
  return times.map((at) => ({ at, cycle: nameCycle(at) })).filter(({ cycle }) => cycle !== row.lastCycle);
}
