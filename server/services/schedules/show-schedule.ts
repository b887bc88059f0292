import type { HoldReason, IntentState } from "@/lib/cycle/cycle-intent";
import type { RunState } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type CyclePoint, type RunId, type ScheduleId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { listSchedules, type ScheduleView } from "@/server/services/schedules/list-schedules";
import { readCycleHistory } from "@/server/store/cycle-intent";

export type CycleView = {
  readonly cycle: CyclePoint;
  readonly dueAt: string;
  readonly state: IntentState;
  /** Why it waits or was left out. */
  readonly reason: HoldReason | null;
  readonly about: string | null;
  readonly runId: RunId | null;
  readonly runState: RunState | null;
  /** From its time to its start; null before that. */
  readonly latenessSeconds: number | null;
};

const shownCycles = 20;

/**
 * One schedule with its last twenty cycles, newest first.
 * @throws {NereusError} schedule-unknown, not-permitted
 */
export async function showSchedule(
  ctx: ServiceContext,
  id: string,
): Promise<ScheduleView & { readonly cycles: readonly CycleView[] }> {
  const view = (await listSchedules(ctx)).find((one) => one.id === id);
  if (view === undefined) throw new NereusError("schedule-unknown", { schedule: id });
  const history = await readCycleHistory(ctx.db, asId<ScheduleId>(id), shownCycles);
  const cycles = history.map(({ intent, run }): CycleView => {
    const { cycle, dueAt, state, reason, about, startedAt } = intent;
    const latenessSeconds = startedAt === null ? null : Math.max(0, (startedAt.getTime() - dueAt.getTime()) / 1000);
    const ofRun = { runId: run?.id ?? null, runState: run?.state ?? null };
    return { cycle, dueAt: dueAt.toISOString(), state, reason, about, ...ofRun, latenessSeconds };
  });
  return { ...view, cycles };
}
