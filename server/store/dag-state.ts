import { and, asc, eq, inArray } from "drizzle-orm";
import { node, task } from "@/drizzle/schema/engine";
import { conditionsOf } from "@/lib/binding/conditions-of";
import { type DagEvent, type DagNode, type DagState, type DagTask, dagLimits } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import { neededTasks, needsArtifacts } from "@/lib/dag/needed-state";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import { readDagArtifacts } from "@/server/store/artifact";
import type { Tx } from "@/server/store/database";
import { readExpiredEdges } from "@/server/store/deadline";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";
import { readExternal } from "@/server/store/run-source";

/**
 * What a decision about this event has to look at; the run is locked by the caller.
 * @param about.everyTask  all tasks of the run, whatever the event needs: for telling what it does
 */
export async function loadDagState(
  tx: Tx,
  run: Pick<RunRow, "id" | "state" | "generation" | "input" | "pipelineId" | "cycle">,
  about: { readonly graph: Graph; readonly event: DagEvent; readonly now: Date; readonly everyTask?: boolean },
): Promise<DagState> {
  const { graph, event, now } = about;
  const { artifacts: external, substitutes, expired } = await readExternal(tx, run, graph);
  const wanted = about.everyTask ? ({ all: true } as const) : neededTasks(graph, event);
  return {
    graph,
    limits: dagLimits,
    holds: conditionsOf(graph, run.input),
    run: { id: run.id, state: run.state, generation: run.generation },
    nodes: await readNodes(tx, run.id),
    tasks: await readTasks(tx, run.id, { wanted, isLocked: writesOpenTasks.has(event.kind) }),
    artifacts: needsArtifacts(graph, event) ? await readDagArtifacts(tx, run.id) : [],
    expiredEdges: new Set([...(await readExpiredEdges(tx, run.id, now)), ...expired]),
    ...{ external, substitutes },
  };
}

/** Where each node of a run stands. */
export async function readNodes(tx: Reader, runId: RunId): Promise<ReadonlyMap<NodeId, DagNode>> {
  const rows = await tx
    .select({
      id: node.nodeId,
      state: node.state,
      tasksTotal: node.tasksTotal,
      tasksLeft: node.tasksLeft,
      tasksFailed: node.tasksFailed,
      partial: node.partial,
      held: node.held,
    })
    .from(node)
    .where(eq(node.runId, runId))
    .orderBy(asc(node.position));
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** What operators do to tasks that a worker may be taking at this moment: claiming one locks its row and not the run. */
const writesOpenTasks: ReadonlySet<DagEvent["kind"]> = new Set<DagEvent["kind"]>([
  "hold",
  "release",
  "priority",
  "skip",
  "expire",
  "set-outputs",
  "rerun",
  "force",
]);

async function readTasks(
  tx: Tx,
  runId: RunId,
  { wanted, isLocked }: { readonly wanted: ReturnType<typeof neededTasks>; readonly isLocked: boolean },
): Promise<ReadonlyMap<TaskId, DagTask>> {
  const chosen =
    "ids" in wanted
      ? inArray(task.id, [...wanted.ids])
      : "nodes" in wanted
        ? inArray(task.nodeId, [...wanted.nodes])
        : undefined;
  if (("ids" in wanted && wanted.ids.length === 0) || ("nodes" in wanted && wanted.nodes.length === 0))
    return new Map();
  const query = tx
    .select({
      id: task.id,
      nodeId: task.nodeId,
      key: task.key,
      position: task.position,
      state: task.state,
      failures: task.failures,
      generation: task.generation,
      inputArtifactId: task.inputArtifactId,
      originId: task.originId,
    })
    .from(task)
    .innerJoin(node, and(eq(node.runId, task.runId), eq(node.nodeId, task.nodeId)))
    .where(and(eq(task.runId, runId), eq(task.superseded, false), chosen))
    .orderBy(asc(node.position), asc(task.position));
  const rows = await (isLocked ? query.for("no key update", { of: task }) : query);
  return new Map(rows.map((row) => [row.id, row]));
}
