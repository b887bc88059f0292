import { and, asc, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { run } from "@/drizzle/schema/engine";
import { schedule } from "@/drizzle/schema/portal";
import type { CyclePoint, PipelineId, ScheduleId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";

export type ScheduleRow = typeof schedule.$inferSelect;

export async function insertSchedule(tx: Tx, values: typeof schedule.$inferInsert): Promise<void> {
  await tx.insert(schedule).values(values);
}

export async function readSchedules(db: Reader): Promise<readonly ScheduleRow[]> {
  return db.select().from(schedule).orderBy(asc(schedule.pipelineId), asc(schedule.createdAt));
}

/** Takes the schedule until the end of the transaction, so that one worker at a time notes its cycles. */
export async function lockSchedule(tx: Tx, id: ScheduleId): Promise<ScheduleRow | null> {
  const [row] = await tx.select().from(schedule).where(eq(schedule.id, id)).for("update");
  return row ?? null;
}

/** Pauses with a reason, or resumes with null; false when there is no such schedule. */
export async function setPaused(tx: Tx, id: ScheduleId, pauseReason: string | null): Promise<boolean> {
  const rows = await tx
    .update(schedule)
    .set({ paused: pauseReason !== null, pauseReason })
    .where(eq(schedule.id, id))
    .returning({ id: schedule.id });
  return rows.length > 0;
}

export async function deleteSchedule(tx: Tx, id: ScheduleId): Promise<boolean> {
  const rows = await tx.delete(schedule).where(eq(schedule.id, id)).returning({ id: schedule.id });
  return rows.length > 0;
}

/** Notes which cycle a schedule has started last. */
export async function setLastCycle(tx: Reader, id: ScheduleId, lastCycle: CyclePoint): Promise<void> {
  await tx.update(schedule).set({ lastCycle }).where(eq(schedule.id, id));
}

/** The newest run of a cycle for each pipeline. */
export async function readLastCycleRuns(
  db: Reader,
  pipelines: readonly PipelineId[],
): Promise<ReadonlyMap<PipelineId, RunRow>> {
  if (pipelines.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([run.pipelineId])
    .from(run)
    .where(and(inArray(run.pipelineId, [...pipelines]), isNotNull(run.cycle)))
    .orderBy(run.pipelineId, desc(run.createdAt));
  return new Map(rows.map((row) => [row.pipelineId, row]));
}
