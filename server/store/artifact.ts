import { and, asc, count, eq, inArray } from "drizzle-orm";
import { artifact, attempt, task } from "@/drizzle/schema/engine";
import type { DagArtifact } from "@/lib/dag/dag-state";
import { type ArtifactId, asId, type NodeId, type RunId, type TaskId } from "@/lib/ids";
import type { LiveAttempt } from "@/server/store/attempt";
import type { Tx } from "@/server/store/database";
import { mintId } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";

export type FinishedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/**
 * Commits files of an attempt as artifacts of its task. A path that the task has committed before, in this attempt or an
 * earlier one, keeps its first artifact: consumers may have read it.
 * @returns those that are new
 */
export async function insertArtifacts(
  tx: Tx,
  of: LiveAttempt,
  what: { readonly files: readonly FinishedFile[]; readonly at: Date },
): Promise<readonly (DagArtifact & FinishedFile)[]> {
  if (what.files.length === 0) return [];
  const originId = await findOrigin(tx, of.taskId);
  const [before] = await tx.select({ count: count() }).from(artifact).where(eq(artifact.taskId, of.taskId));
  const rows = what.files.map(({ path, sizeBytes, sha256 }, index) => ({
    id: asId<ArtifactId>(mintId("a", what.at)),
    runId: of.runId,
    nodeId: of.nodeId,
    taskId: of.taskId,
    attemptId: of.id,
    path,
    key: of.taskKey === "" ? path : `${of.taskKey}/${path}`,
    ordinal: (before?.count ?? 0) + index,
    sizeBytes,
    sha256,
    originId,
    committedAt: what.at,
  }));
  return tx
    .insert(artifact)
    .values(rows)
    .onConflictDoNothing({ target: [artifact.taskId, artifact.path] })
    .returning({
      id: artifact.id,
      nodeId: artifact.nodeId,
      path: artifact.path,
      key: artifact.key,
      sizeBytes: artifact.sizeBytes,
      sha256: artifact.sha256,
    });
}

/** What a task's artifacts come from in the end: the origin of its input, or the input itself; null for the others. */
async function findOrigin(tx: Tx, taskId: TaskId): Promise<ArtifactId | null> {
  const [row] = await tx
    .select({ input: artifact.id, origin: artifact.originId })
    .from(task)
    .innerJoin(artifact, eq(artifact.id, task.inputArtifactId))
    .where(eq(task.id, taskId));
  return row?.origin ?? row?.input ?? null;
}

/** Paths that a task has committed. */
export async function readCommittedPaths(db: Reader, taskId: TaskId): Promise<ReadonlySet<string>> {
  const rows = await db.select({ path: artifact.path }).from(artifact).where(eq(artifact.taskId, taskId));
  return new Set(rows.map(({ path }) => path));
}

/** An artifact with the place where its bytes are. */
export type PlacedArtifact = DagArtifact & {
  readonly taskKey: string;
  readonly originId: ArtifactId | null;
  readonly scratch: string;
};

/** Artifacts of some nodes of a run, by position of their task, then by path. */
export async function readPlacedArtifacts(
  db: Reader,
  runId: RunId,
  nodes: readonly NodeId[],
): Promise<readonly PlacedArtifact[]> {
  if (nodes.length === 0) return [];
  return db
    .select({
      id: artifact.id,
      nodeId: artifact.nodeId,
      path: artifact.path,
      key: artifact.key,
      originId: artifact.originId,
      taskKey: task.key,
      scratch: attempt.scratch,
    })
    .from(artifact)
    .innerJoin(task, eq(task.id, artifact.taskId))
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(artifact.runId, runId), inArray(artifact.nodeId, [...nodes])))
    .orderBy(asc(task.position), asc(artifact.path));
}
