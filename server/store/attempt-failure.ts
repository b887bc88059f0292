import { and, asc, eq } from "drizzle-orm";
import { attemptFailure } from "@/drizzle/schema/failures";
import type { RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type AttemptFailureRow = typeof attemptFailure.$inferSelect;

/** Writes why an attempt failed; the same attempt fails once. */
export async function noteFailure(tx: Tx, row: AttemptFailureRow): Promise<void> {
  await tx.insert(attemptFailure).values(row).onConflictDoNothing();
}

/** How a task has failed in a generation of its run, oldest first. */
export async function readFailuresOfTask(
  db: Reader,
  of: { readonly taskId: TaskId; readonly generation: number },
): Promise<readonly AttemptFailureRow[]> {
  return db
    .select()
    .from(attemptFailure)
    .where(and(eq(attemptFailure.taskId, of.taskId), eq(attemptFailure.generation, of.generation)))
    .orderBy(asc(attemptFailure.at));
}

/** Why attempts of a run failed. */
export async function readFailuresOfRun(db: Reader, runId: RunId): Promise<readonly AttemptFailureRow[]> {
  return db.select().from(attemptFailure).where(eq(attemptFailure.runId, runId));
}
