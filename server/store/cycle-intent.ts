import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, min, sql } from "drizzle-orm";
import { cycleIntent } from "@/drizzle/schema/cycles";
import { run } from "@/drizzle/schema/engine";
import { schedule } from "@/drizzle/schema/portal";
import type { IntentState, LiveCycle, WaitingCycle } from "@/lib/cycle/cycle-intent";
import type { RunState } from "@/lib/dag/state";
import type { CyclePoint, PipelineId, ScheduleId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";

export type CycleIntentRow = typeof cycleIntent.$inferSelect;
type NewIntent = typeof cycleIntent.$inferInsert;

const liveStates: readonly RunState[] = ["pending", "running", "held"];

/** Adds cycles that shall run. One that is there stays as it is, but a left-out one without a run is wanted again. */
export async function insertIntents(tx: Tx, rows: readonly NewIntent[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(cycleIntent)
    .values([...rows])
    .onConflictDoUpdate({
      target: [cycleIntent.pipelineId, cycleIntent.cycle],
      set: {
        state: sql`excluded.state`,
        scheduleId: sql`excluded.schedule_id`,
        backfillId: sql`excluded.backfill_id`,
        backfillLimit: sql`excluded.backfill_limit`,
        input: sql`excluded.input`,
        dueAt: sql`excluded.due_at`,
        reason: sql`excluded.reason`,
        about: sql`excluded.about`,
      },
      setWhere: and(eq(cycleIntent.state, "skipped"), sql`excluded.backfill_id is not null`),
    });
}

/** Notes where a waiting cycle stands now; one that was started or left out meanwhile stays so. */
export async function noteIntent(
  db: Reader,
  key: { readonly pipelineId: PipelineId; readonly cycle: CyclePoint },
  values: Pick<NewIntent, "state" | "reason" | "about" | "startedAt">,
): Promise<void> {
  await db
    .update(cycleIntent)
    .set(values)
    .where(
      and(
        eq(cycleIntent.pipelineId, key.pipelineId),
        eq(cycleIntent.cycle, key.cycle),
        eq(cycleIntent.state, "waiting"),
      ),
    );
}

/** Cycles that wait, with the schedule that wants them as it is now. */
export async function readWaitingCycles(
  db: Reader,
): Promise<readonly (CycleIntentRow & Pick<WaitingCycle, "schedule" | "backfill">)[]> {
  const rows = await db
    .select({ intent: getTableColumns(cycleIntent), overlap: schedule.overlap, paused: schedule.paused })
    .from(cycleIntent)
    .leftJoin(schedule, eq(schedule.id, cycleIntent.scheduleId))
    .where(eq(cycleIntent.state, "waiting"))
    .orderBy(asc(cycleIntent.pipelineId), asc(cycleIntent.dueAt));
  return rows.map(({ intent, overlap, paused }) => ({
    ...intent,
    schedule:
      intent.scheduleId && overlap !== null ? { id: intent.scheduleId, overlap, paused: paused ?? false } : null,
    backfill: intent.backfillId === null ? null : { id: intent.backfillId, limit: intent.backfillLimit ?? 1 },
  }));
}

/** Runs of cycles of a pipeline that have not ended, oldest cycle first. */
export async function readLiveCycles(db: Reader, pipelineId: PipelineId): Promise<readonly LiveCycle[]> {
  const rows = await db
    .select({
      runId: run.id,
      cycle: run.cycle,
      scheduleId: cycleIntent.scheduleId,
      backfillId: cycleIntent.backfillId,
      isCancelling: isNotNull(run.cancelRequestedAt).mapWith(Boolean),
    })
    .from(run)
    .leftJoin(cycleIntent, and(eq(cycleIntent.pipelineId, run.pipelineId), eq(cycleIntent.cycle, run.cycle)))
    .where(and(eq(run.pipelineId, pipelineId), isNotNull(run.cycle), inArray(run.state, liveStates)))
    .orderBy(asc(run.cycle));
  return rows.flatMap(({ cycle, ...row }) => (cycle === null ? [] : [{ ...row, cycle }]));
}

/** The smallest limit that a schedule of the pipeline sets; null when none does. */
export async function readRunahead(db: Reader, pipelineId: PipelineId): Promise<number | null> {
  const [row] = await db
    .select({ limit: min(schedule.runahead) })
    .from(schedule)
    .where(eq(schedule.pipelineId, pipelineId));
  return row?.limit ?? null;
}

/** Runs and intents of these cycles: what a backfill finds there. */
export async function readCycleStates(
  db: Reader,
  pipelineId: PipelineId,
  cycles: readonly CyclePoint[],
): Promise<ReadonlyMap<CyclePoint, { readonly run: RunState | null; readonly intent: IntentState | null }>> {
  const wanted = [...cycles];
  const intents = await db
    .select()
    .from(cycleIntent)
    .where(and(eq(cycleIntent.pipelineId, pipelineId), inArray(cycleIntent.cycle, wanted)));
  const runs = await db
    .select({ cycle: run.cycle, state: run.state })
    .from(run)
    .where(and(eq(run.pipelineId, pipelineId), inArray(run.cycle, wanted)));
  const intentOf = new Map(intents.map((row) => [row.cycle, row.state]));
  const runOf = new Map(runs.map((row) => [row.cycle, row.state]));
  return new Map(wanted.map((one) => [one, { run: runOf.get(one) ?? null, intent: intentOf.get(one) ?? null }]));
}

/** The newest cycles that a schedule wanted, with their runs. */
export async function readCycleHistory(
  db: Reader,
  scheduleId: ScheduleId,
  limit: number,
): Promise<readonly { readonly intent: CycleIntentRow; readonly run: RunRow | null }[]> {
  return db
    .select({ intent: cycleIntent, run })
    .from(cycleIntent)
    .leftJoin(run, and(eq(run.pipelineId, cycleIntent.pipelineId), eq(run.cycle, cycleIntent.cycle)))
    .where(eq(cycleIntent.scheduleId, scheduleId))
    .orderBy(desc(cycleIntent.dueAt))
    .limit(limit);
}

/** Lets go of the cycles that wait for a schedule which is being removed. */
export async function dropWaiting(tx: Tx, scheduleId: ScheduleId): Promise<void> {
  await tx
    .update(cycleIntent)
    .set({ state: "skipped", reason: "removed", about: null })
    .where(and(eq(cycleIntent.scheduleId, scheduleId), eq(cycleIntent.state, "waiting")));
}
