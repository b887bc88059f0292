import { and, asc, desc, eq, inArray, isNotNull, min, sql } from "drizzle-orm";
import { node, run, task } from "@/drizzle/schema/engine";
import type { NodeProgress } from "@/lib/dag/predict-end";
import type { NodeId, PipelineId, RunId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

/** Runs of a pipeline that durations are taken from. */
const lastRuns = 30;

/** How long each node took in the last completed runs of a pipeline, first start to last end, seconds, oldest first. */
export async function readNodeDurations(
  db: Reader,
  pipelineId: PipelineId,
): Promise<ReadonlyMap<NodeId, readonly number[]>> {
  const recent = db.$with("recent").as(
    db
      .select({ id: run.id, createdAt: run.createdAt })
      .from(run)
      .where(and(eq(run.pipelineId, pipelineId), eq(run.state, "completed")))
      .orderBy(desc(run.createdAt))
      .limit(lastRuns),
  );
  const rows = await db
    .with(recent)
    .select({
      nodeId: task.nodeId,
      seconds: sql<number>`extract(epoch from max(${task.endedAt}) - min(${task.startedAt}))::float8`,
    })
    .from(recent)
    .innerJoin(task, and(eq(task.runId, recent.id), eq(task.superseded, false)))
    .where(and(isNotNull(task.startedAt), isNotNull(task.endedAt)))
    .groupBy(recent.createdAt, recent.id, task.nodeId)
    .orderBy(asc(recent.createdAt));
  const durations = new Map<NodeId, number[]>();
  for (const { nodeId, seconds } of rows) durations.set(nodeId, [...(durations.get(nodeId) ?? []), seconds]);
  return durations;
}

/** Where a run stands: its version, and the state and first start of each node. */
export type RunProgress = { readonly versionHash: string; readonly progress: ReadonlyMap<NodeId, NodeProgress> };

export async function readRunProgress(db: Reader, runIds: readonly RunId[]): Promise<ReadonlyMap<RunId, RunProgress>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .select({
      ...{ runId: node.runId, versionHash: run.versionHash, nodeId: node.nodeId, state: node.state },
      startedAt: min(task.startedAt),
    })
    .from(node)
    .innerJoin(run, eq(run.id, node.runId))
    .leftJoin(task, and(eq(task.runId, node.runId), eq(task.nodeId, node.nodeId), eq(task.superseded, false)))
    .where(inArray(node.runId, [...runIds]))
    .groupBy(node.runId, run.versionHash, node.nodeId, node.state);
  const found = new Map<RunId, { versionHash: string; progress: Map<NodeId, NodeProgress> }>();
  for (const { runId, versionHash, nodeId, state, startedAt } of rows) {
    const known = found.get(runId) ?? { versionHash, progress: new Map<NodeId, NodeProgress>() };
    known.progress.set(nodeId, { state, startedAtMs: startedAt?.getTime() ?? null });
    found.set(runId, known);
  }
  return found;
}
