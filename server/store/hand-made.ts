import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { artifact, attempt, task } from "@/drizzle/schema/engine";
import type { DagArtifact } from "@/lib/dag/dag-state";
import type { ArtifactId, AttemptId, RunId, TaskId } from "@/lib/ids";
import { dagColumns } from "@/server/store/artifact";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

/** An output that somebody gave a task, with the attempt in whose `out/` its bytes lie. */
export type HandMadeOutput = {
  readonly id: ArtifactId;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mimeType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly attemptId: AttemptId;
};

/** The folder below which files that a person gave lie, told as an attempt that has ended. */
export type HandMadeAttempt = { readonly id: AttemptId; readonly token: string; readonly scratch: string };

/** A committed artifact whose bytes can count for another task as well. */
export async function findCommitted(db: Reader, id: ArtifactId): Promise<Omit<HandMadeOutput, "id"> | null> {
  const [row] = await db
    .select({
      path: artifact.path,
      sizeBytes: artifact.sizeBytes,
      sha256: artifact.sha256,
      mimeType: artifact.mimeType,
      metadata: artifact.metadata,
      attemptId: artifact.attemptId,
    })
    .from(artifact)
    .where(and(eq(artifact.id, id), isNull(artifact.markedAt)));
  return row ?? null;
}

/** An artifact whose bytes are given to another task, with the attempt in whose `out/` they lie. */
export type LentArtifact = { readonly id: ArtifactId; readonly attemptId: AttemptId };

/** The runs that have to be held so that none of their artifacts is collected meanwhile. */
export async function readLenders(db: Reader, lent: readonly LentArtifact[]): Promise<readonly RunId[]> {
  if (lent.length === 0) return [];
  const ids = lent.map(({ id }) => id);
  const rows = await db.selectDistinct({ runId: artifact.runId }).from(artifact).where(inArray(artifact.id, ids));
  return rows.map(({ runId }) => runId);
}

/** The first that is about to be removed by now, or lies elsewhere; null when all are as they were. */
export async function findGone(db: Reader, lent: readonly LentArtifact[]): Promise<ArtifactId | null> {
  for (const { id, attemptId } of lent) {
    const now = await findCommitted(db, id);
    if (now?.attemptId !== attemptId) return id;
  }
  return null;
}

/**
 * Adds outputs to a task as if it had committed them; a path that a rerun was about to replace gets its new content.
 * @returns what the planner sees of them; fewer than given when the task has committed one of the paths already
 */
export async function insertHandMade(
  tx: Tx,
  of: { readonly runId: RunId; readonly taskId: TaskId; readonly at: Date },
  given: { readonly attempt: HandMadeAttempt | null; readonly outputs: readonly HandMadeOutput[] },
): Promise<readonly DagArtifact[]> {
  const [owner] = await tx
    .select()
    .from(task)
    .where(and(eq(task.id, of.taskId), eq(task.runId, of.runId)))
    .for("no key update");
  if (owner === undefined) throw new Error(`task ${of.taskId} of run ${of.runId} is gone`);
  if (given.attempt !== null) await insertAttempt(tx, owner, { attempt: given.attempt, at: of.at });
  if (given.outputs.length === 0) return [];
  const rows = given.outputs.map((output) => ({
    ...output,
    ...{ runId: of.runId, nodeId: owner.nodeId, taskId: owner.id, originId: owner.originId, committedAt: of.at },
    key: owner.key === "" ? output.path : `${owner.key}/${output.path}`,
  }));
  return tx
    .insert(artifact)
    .values(rows)
    .onConflictDoUpdate({
      target: [artifact.taskId, artifact.path],
      set: {
        attemptId: sql`excluded.attempt_id`,
        sequence: sql`excluded.sequence`,
        sizeBytes: sql`excluded.size_bytes`,
        sha256: sql`excluded.sha256`,
        mimeType: sql`excluded.mime_type`,
        metadata: sql`excluded.metadata`,
        committedAt: sql`excluded.committed_at`,
        superseded: sql`false`,
        taintedAt: null,
        markedAt: null,
        collectedAt: null,
      },
      setWhere: eq(artifact.superseded, true),
    })
    .returning(dagColumns);
}

/** Numbered like any other, so that one under way is no longer the newest and is stopped. */
async function insertAttempt(
  tx: Tx,
  owner: typeof task.$inferSelect,
  made: { readonly attempt: HandMadeAttempt; readonly at: Date },
): Promise<void> {
  const number = owner.attempts + 1;
  await tx.update(task).set({ attempts: number }).where(eq(task.id, owner.id));
  await tx.insert(attempt).values({
    ...made.attempt,
    ...{ runId: owner.runId, taskId: owner.id, number, generation: owner.generation, pool: owner.pool },
    ...{ site: "local", slots: 0, state: "ended", startedAt: made.at, endedAt: made.at },
  });
}
