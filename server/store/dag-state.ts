import { and, asc, eq, inArray } from "drizzle-orm";
import { artifact, node, task } from "@/drizzle/schema/engine";
import type { DagArtifact, DagEvent, DagNode, DagState, DagTask } from "@/lib/dag/dag-state";
import { mayLaunch } from "@/lib/dag/decide";
import type { Graph } from "@/lib/dag/graph";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { RunRow } from "@/server/store/run";

/** Tasks of one node, single and grouped; above it the node fails (ENGINE.md, section 1). */
const fanLimit = 10_000;

/** What a decision about this event has to look at; the run is locked by the caller. */
export async function loadDagState(
  tx: Tx,
  run: Pick<RunRow, "id" | "state">,
  about: { readonly graph: Graph; readonly taskId: TaskId | null; readonly event: DagEvent },
): Promise<DagState> {
  const { graph, taskId, event } = about;
  const base = {
    graph,
    fanLimit,
    run: { id: run.id, state: run.state },
    nodes: await readNodes(tx, run.id),
    task: taskId === null ? null : await readTask(tx, taskId),
  };
  if (!mayLaunch(base, event)) return { ...base, artifacts: [], taskKeys: new Map() };
  const streaming = graph.nodes.filter(({ streamsFrom }) => streamsFrom !== null).map(({ id }) => id);
  const [artifacts, taskKeys] = [await readArtifacts(tx, run.id), await readTaskKeys(tx, run.id, streaming)];
  return { ...base, artifacts, taskKeys };
}

async function readNodes(tx: Tx, runId: RunId): Promise<ReadonlyMap<NodeId, DagNode>> {
  const rows = await tx
    .select({ id: node.nodeId, state: node.state, tasksTotal: node.tasksTotal, tasksLeft: node.tasksLeft })
    .from(node)
    .where(eq(node.runId, runId))
    .orderBy(asc(node.position));
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

async function readTask(tx: Tx, taskId: TaskId): Promise<DagTask | null> {
  const [row] = await tx
    .select({ id: task.id, nodeId: task.nodeId, state: task.state, failures: task.failures })
    .from(task)
    .where(eq(task.id, taskId));
  return row ?? null;
}

/** Artifacts of a run in their order: by position of the task that made them, then by place in its output. */
async function readArtifacts(tx: Tx, runId: RunId): Promise<readonly DagArtifact[]> {
  return tx
    .select({ id: artifact.id, nodeId: artifact.nodeId, path: artifact.path, key: artifact.key })
    .from(artifact)
    .innerJoin(task, eq(task.id, artifact.taskId))
    .where(eq(artifact.runId, runId))
    .orderBy(asc(artifact.nodeId), asc(task.position), asc(artifact.path));
}

async function readTaskKeys(
  tx: Tx,
  runId: RunId,
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, ReadonlySet<string>>> {
  if (nodes.length === 0) return new Map();
  const rows = await tx
    .select({ nodeId: task.nodeId, key: task.key })
    .from(task)
    .where(and(eq(task.runId, runId), inArray(task.nodeId, [...nodes])));
  const keys = new Map<NodeId, Set<string>>(nodes.map((id) => [id, new Set()]));
  for (const row of rows) keys.get(row.nodeId)?.add(row.key);
  return keys;
}
