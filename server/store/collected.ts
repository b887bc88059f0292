import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, notInArray, or, sql } from "drizzle-orm";
import { artifact, attempt, run } from "@/drizzle/schema/engine";
import { collection, runSweep } from "@/drizzle/schema/retention";
import type { ArtifactId, AttemptId, NodeId, RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";

/** A file of a run that has not been collected yet, with the place where it lies. */
export type KeptFile = {
  readonly id: ArtifactId;
  readonly nodeId: NodeId;
  readonly taskId: TaskId;
  readonly attemptId: AttemptId;
  readonly path: string;
  readonly sizeBytes: number;
  readonly isSuperseded: boolean;
  readonly markedAt: Date | null;
  readonly site: string;
  readonly scratch: string;
  /** Its bytes lie in the folder of another run, which alone removes them. */
  readonly isBorrowed: boolean;
};

const endedStates = ["completed", "failed", "crashed", "cancelled"] as const;

/**
 * Runs whose files are to be looked through: never looked at, ended since, live and not looked at lately, or with something
 * that time has freed.
 */
export async function readDueSweeps(
  db: Reader,
  when: { readonly now: Date; readonly liveBefore: Date },
  limit: number,
): Promise<readonly RunRow[]> {
  const rows = await db
    .select({ run })
    .from(run)
    .leftJoin(runSweep, eq(runSweep.runId, run.id))
    .where(
      or(
        isNull(runSweep.runId),
        lt(runSweep.nextAt, when.now),
        and(isNotNull(run.endedAt), lt(runSweep.sweptAt, run.endedAt)),
        and(notInArray(run.state, [...endedStates]), lt(runSweep.sweptAt, when.liveBefore)),
      ),
    )
    .orderBy(sql`${runSweep.sweptAt} nulls first`, run.id)
    .limit(limit);
  return rows.map((row) => row.run);
}

export async function noteSwept(
  db: Reader,
  runId: RunId,
  at: { readonly sweptAt: Date; readonly nextAt: Date | null },
): Promise<void> {
  await db
    .insert(runSweep)
    .values({ runId, ...at })
    .onConflictDoUpdate({ target: runSweep.runId, set: at });
}

/** Files of a run that have not been collected, whatever has become of their task. */
export async function readKeptFiles(db: Reader, runId: RunId): Promise<readonly KeptFile[]> {
  const { id, nodeId, taskId, attemptId, path, sizeBytes, superseded, markedAt } = artifact;
  return db
    .select({
      ...{ id, nodeId, taskId, attemptId, path, sizeBytes, isSuperseded: superseded, markedAt },
      ...{ site: attempt.site, scratch: attempt.scratch },
      isBorrowed: sql<boolean>`${attempt.runId} <> ${artifact.runId}`,
    })
    .from(artifact)
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(artifact.runId, runId), isNull(artifact.collectedAt)));
}

/** Says that files are about to go, before any of them does. */
export async function markFiles(tx: Tx, ids: readonly ArtifactId[], at: Date): Promise<void> {
  for (const some of inParts(ids)) await tx.update(artifact).set({ markedAt: at }).where(inArray(artifact.id, some));
}

/** Notes that marked files are gone; one whose task has made it again meanwhile is another file. */
export async function noteCollected(tx: Tx, files: readonly KeptFile[], at: Date): Promise<void> {
  for (const some of inParts(files)) {
    const ids = some.map((file) => file.id);
    const attempts = some.map((file) => file.attemptId);
    await tx
      .update(artifact)
      .set({ collectedAt: at })
      .where(and(inArray(artifact.id, ids), inArray(artifact.attemptId, attempts), isNotNull(artifact.markedAt)));
  }
}

/** Files of attempts of a run that artifacts of other runs refer to, as `attempt/path`. */
export async function readForeignFiles(db: Reader, runId: RunId): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ attemptId: artifact.attemptId, path: artifact.path })
    .from(artifact)
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(attempt.runId, runId), ne(artifact.runId, runId), isNull(artifact.collectedAt)));
  return new Set(rows.map(({ attemptId, path }) => `${attemptId}/${path}`));
}

/** Attempts of a run that have ended, with whether their work folder has been cleaned since. */
export async function readEndedAttempts(db: Reader, runId: RunId) {
  const { id, site, scratch, exitCode, endedAt, cleanedAt, state } = attempt;
  return db
    .select({ id, site, scratch, exitCode, endedAt, cleanedAt, state })
    .from(attempt)
    .where(and(eq(attempt.runId, runId), inArray(attempt.state, ["ended", "interrupted", "lost", "fenced"])));
}

export async function noteCleaned(db: Reader, ids: readonly AttemptId[], at: Date): Promise<void> {
  for (const some of inParts(ids)) await db.update(attempt).set({ cleanedAt: at }).where(inArray(attempt.id, some));
}

export async function addCollection(db: Reader, row: typeof collection.$inferInsert): Promise<void> {
  await db.insert(collection).values(row);
}

/** Space freed since a time, and when last. */
export async function readFreed(
  db: Reader,
  since: Date,
): Promise<{ readonly bytes: number; readonly files: number; readonly lastAt: Date | null }> {
  const [sum] = await db
    .select({
      bytes: sql<number>`coalesce(sum(${collection.bytes}), 0)::float8`,
      files: sql<number>`coalesce(sum(${collection.files}), 0)::int`,
    })
    .from(collection)
    .where(gte(collection.at, since));
  const [last] = await db.select({ at: collection.at }).from(collection).orderBy(desc(collection.at)).limit(1);
  return { bytes: sum?.bytes ?? 0, files: sum?.files ?? 0, lastAt: last?.at ?? null };
}

const mostAtOnce = 5000;

function* inParts<Thing>(things: readonly Thing[]): Generator<Thing[]> {
  for (let at = 0; at < things.length; at += mostAtOnce) yield things.slice(at, at + mostAtOnce);
}
