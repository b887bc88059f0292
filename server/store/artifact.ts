import { and, asc, eq, inArray } from "drizzle-orm";
import { artifact, attempt, node, task } from "@/drizzle/schema/engine";
import type { DagArtifact } from "@/lib/dag/dag-state";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

/** Paths that a task has committed. */
export async function readCommittedPaths(db: Reader, taskId: TaskId): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ path: artifact.path })
    .from(artifact)
    .where(and(eq(artifact.taskId, taskId), eq(artifact.superseded, false)));
  return new Set(rows.map(({ path }) => path));
}

/** What the planner reads of an artifact. */
const dagColumns = {
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
