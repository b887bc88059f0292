import { and, asc, eq, exists, inArray, isNotNull, isNull, lt, ne, not, sql } from "drizzle-orm";
import { cycleIntent } from "@/drizzle/schema/cycles";
import { artifact, attempt, event, run, task } from "@/drizzle/schema/engine";
import { product } from "@/drizzle/schema/portal";
import { pin, runSweep } from "@/drizzle/schema/retention";
import { contentKey } from "@/drizzle/schema/reuse";
import type { RunId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

/**
 * Runs that ended before a time and that nothing needs any more: no published product, no pin, no file that is kept. Oldest
 * end first, each with the sites where it worked.
 */
export async function readForgettable(
  db: Reader,
  before: Date,
  limit: number,
): Promise<readonly { readonly id: RunId; readonly sites: readonly string[] }[]> {
  const one = { one: sql`1` };
  const published = db.select(one).from(product).where(eq(product.runId, run.id));
  const pinned = db.select(one).from(pin).where(eq(pin.runId, run.id));
  const kept = db
    .select(one)
    .from(artifact)
    .where(and(eq(artifact.runId, run.id), isNull(artifact.collectedAt)));
  const sites = sql<string[]>`array(select distinct site from attempt where attempt.run_id = run.id)`;
  return db
    .select({ id: run.id, sites })
    .from(run)
    .where(
      and(
        isNotNull(run.endedAt),
        lt(run.endedAt, before),
        not(exists(published)),
        not(exists(pinned)),
        not(exists(kept)),
      ),
    )
    .orderBy(asc(run.endedAt))
    .limit(limit);
}

/** Deletes runs with everything that was written about them; nodes and deadlines go with the run. */
export async function deleteRuns(tx: Tx, runs: readonly RunId[]): Promise<void> {
  const ids = [...runs];
  await tx.delete(event).where(inArray(event.runId, ids));
  await tx.delete(contentKey).where(inArray(contentKey.runId, ids));
  await tx.delete(artifact).where(inArray(artifact.runId, ids));
  await tx.delete(attempt).where(inArray(attempt.runId, ids));
  await tx.delete(task).where(inArray(task.runId, ids));
  await tx.delete(runSweep).where(inArray(runSweep.runId, ids));
  await tx.delete(run).where(inArray(run.id, ids));
}

/**
 * Deletes events that are older than a time, of runs that stay: the first of the table, which are the oldest.
 * @returns how many went; less than `limit` when none of that age are left
 */
export async function deleteOldEvents(db: Reader, before: Date, limit: number): Promise<number> {
  const oldest = db.select({ id: event.id, at: event.at }).from(event).orderBy(asc(event.id)).limit(limit).as("oldest");
  const old = db.select({ id: oldest.id }).from(oldest).where(lt(oldest.at, before));
  const gone = await db.delete(event).where(inArray(event.id, old)).returning({ id: event.id });
  return gone.length;
}

/** Deletes cycles that were wanted before a time and wait no more. */
export async function deleteOldIntents(db: Reader, before: Date): Promise<number> {
  const gone = await db
    .delete(cycleIntent)
    .where(and(ne(cycleIntent.state, "waiting"), lt(cycleIntent.dueAt, before)))
    .returning({ cycle: cycleIntent.cycle });
  return gone.length;
}
