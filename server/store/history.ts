import { and, asc, eq, exists, inArray, isNotNull, isNull, lt, ne, not, sql } from "drizzle-orm";
import { cycleIntent } from "@/drizzle/schema/cycles";
import { artifact, attempt, event, run, task } from "@/drizzle/schema/engine";
import { attemptFailure } from "@/drizzle/schema/failures";
import { product } from "@/drizzle/schema/portal";
import { pin, runSweep } from "@/drizzle/schema/retention";
import { contentKey } from "@/drizzle/schema/reuse";
import type { RunId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";
import { lockRun } from "@/server/store/run";

/** Runs that can be forgotten, the oldest end first, each with the sites where it worked. */
export async function readForgettable(
  db: Reader,
  before: Date,
  limit: number,
): Promise<readonly { readonly id: RunId; readonly sites: readonly string[] }[]> {
  const sites = sql<string[]>`array(select distinct site from attempt where attempt.run_id = run.id)`;
  return db
    .select({ id: run.id, sites })
    .from(run)
    .where(isForgettable(db, before))
    .orderBy(asc(run.endedAt))
    .limit(limit);
}

/** Ended before a time, and nothing needs it any more: no published product, no pin, no file that it or another run keeps. */
function isForgettable(db: Reader, before: Date) {
  const one = { one: sql`1` };
  const published = db.select(one).from(product).where(eq(product.runId, run.id));
  const pinned = db.select(one).from(pin).where(eq(pin.runId, run.id));
  const kept = db
    .select(one)
    .from(artifact)
    .where(and(eq(artifact.runId, run.id), isNull(artifact.collectedAt)));
  const lent = db
    .select(one)
    .from(artifact)
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(attempt.runId, run.id), isNull(artifact.collectedAt)));
  return and(
    ...[isNotNull(run.endedAt), lt(run.endedAt, before)],
    ...[published, pinned, kept, lent].map((some) => not(exists(some))),
  );
}

/**
 * Deletes a run with everything that was written about it, if it can still be forgotten; nodes and deadlines go with it. It
 * may have been rerun or pinned since it was found.
 */
export async function forgetRun(tx: Tx, id: RunId, before: Date): Promise<boolean> {
  if ((await lockRun(tx, id)) === null) return false;
  const found = await tx
    .select({ id: run.id })
    .from(run)
    .where(and(eq(run.id, id), isForgettable(tx, before)));
  if (found.length === 0) return false;
  await deleteRun(tx, id);
  return true;
}

async function deleteRun(tx: Tx, id: RunId): Promise<void> {
  await tx.delete(event).where(eq(event.runId, id));
  await tx.delete(contentKey).where(eq(contentKey.runId, id));
  await tx.delete(artifact).where(eq(artifact.runId, id));
  await tx.delete(attemptFailure).where(eq(attemptFailure.runId, id));
  await tx.delete(attempt).where(eq(attempt.runId, id));
  await tx.delete(task).where(eq(task.runId, id));
  await tx.delete(runSweep).where(eq(runSweep.runId, id));
  await tx.delete(run).where(eq(run.id, id));
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
