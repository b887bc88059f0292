import { and, asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { artifact, attempt, node, task } from "@/drizzle/schema/engine";
import type { DagArtifact } from "@/lib/dag/dag-state";
import type { ArtifactId, NodeId, RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import { appendEvents } from "@/server/store/event";
import type { Reader } from "@/server/store/reader";

/** A file that a task has committed, as it was then. */
export type CommittedFile = Pick<
  typeof artifact.$inferSelect,
  "id" | "path" | "sizeBytes" | "sha256" | "committedAt" | "attemptId"
>;

/** Files that a task has committed, by path. */
export async function readCommittedFiles(db: Reader, taskId: TaskId): Promise<ReadonlyMap<string, CommittedFile>> {
  const { id, path, sizeBytes, sha256, committedAt, attemptId } = artifact;
  const rows = await db
    .select({ id, path, sizeBytes, sha256, committedAt, attemptId })
    .from(artifact)
    .where(and(eq(artifact.taskId, taskId), eq(artifact.superseded, false)));
  return new Map(rows.map((row) => [row.path, row]));
}

/** A file that holds something else than when it was committed. */
export type TaintedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** Notes that committed files have changed; each is told once. */
export async function taintArtifacts(
  tx: Tx,
  of: { readonly runId: RunId; readonly nodeId: NodeId; readonly taskId: TaskId; readonly at: Date },
  files: readonly TaintedFile[],
): Promise<void> {
  const now = new Map(files.map((file) => [file.path, file]));
  const rows = await tx
    .update(artifact)
    .set({ taintedAt: of.at })
    .where(and(eq(artifact.taskId, of.taskId), inArray(artifact.path, [...now.keys()]), isNull(artifact.taintedAt)))
    .returning({ id: artifact.id, path: artifact.path, sha256: artifact.sha256 });
  const events = rows.map(({ id, path, sha256 }) => ({
    kind: "artifact-tainted" as const,
    ...{ nodeId: of.nodeId, taskId: of.taskId },
    data: { artifactId: id, path, wanted: sha256, got: now.get(path)?.sha256 ?? null },
  }));
  await appendEvents(tx, of.runId, events);
}

/** The first of some artifacts whose file was removed, or is about to be; null when all are there. */
export async function findCollected(
  db: Reader,
  ids: readonly ArtifactId[],
): Promise<{ readonly nodeId: NodeId; readonly path: string; readonly at: Date } | null> {
  if (ids.length === 0) return null;
  const [row] = await db
    .select({ nodeId: artifact.nodeId, path: artifact.path, at: artifact.markedAt })
    .from(artifact)
    .where(and(inArray(artifact.id, [...ids]), isNotNull(artifact.markedAt)))
    .limit(1);
  return row === undefined || row.at === null ? null : { ...row, at: row.at };
}

/** What artifacts hold, by id, and when they were found to have changed. */
export async function readContents(
  db: Reader,
  ids: readonly ArtifactId[],
): Promise<ReadonlyMap<ArtifactId, { readonly sha256: string; readonly taintedAt: Date | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: artifact.id, sha256: artifact.sha256, taintedAt: artifact.taintedAt })
    .from(artifact)
    .where(inArray(artifact.id, [...ids]));
  return new Map(rows.map(({ id, ...content }) => [id, content]));
}

/** What the planner reads of an artifact. */
export const dagColumns = {
  id: artifact.id,
  nodeId: artifact.nodeId,
  taskId: artifact.taskId,
  path: artifact.path,
  key: artifact.key,
  originId: artifact.originId,
  sizeBytes: artifact.sizeBytes,
  mimeType: artifact.mimeType,
  metadata: artifact.metadata,
};

/** Every artifact of a run that may be an input, by node, position of its task, and place in its output. */
export async function readDagArtifacts(db: Reader, runId: RunId): Promise<readonly DagArtifact[]> {
  return db
    .select(dagColumns)
    .from(artifact)
    .innerJoin(task, eq(task.id, artifact.taskId))
    .innerJoin(node, and(eq(node.runId, artifact.runId), eq(node.nodeId, artifact.nodeId)))
    .where(and(eq(artifact.runId, runId), eq(artifact.superseded, false)))
    .orderBy(asc(node.position), asc(task.position), asc(artifact.sequence));
}

/** An artifact with the place where its bytes are. */
export type PlacedArtifact = DagArtifact & { readonly taskKey: string; readonly scratch: string };

/** Artifacts of some nodes of a run, by position of their task, then in the order of its output. */
export async function readPlacedArtifacts(
  db: Reader,
  runId: RunId,
  nodes: readonly NodeId[],
): Promise<readonly PlacedArtifact[]> {
  return db
    .select({ ...dagColumns, taskKey: task.key, scratch: attempt.scratch })
    .from(artifact)
    .innerJoin(task, eq(task.id, artifact.taskId))
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(artifact.runId, runId), eq(artifact.superseded, false), inArray(artifact.nodeId, [...nodes])))
    .orderBy(asc(task.position), asc(artifact.sequence));
}
