import type { DagEvent, Scope } from "@/lib/dag/dag-state";
import type { Graph, GraphNode } from "@/lib/dag/graph";
import { greatestPriority, type OperatorWish, targetsOf } from "@/lib/dag/operator-wish";
import { isTerminalRun, isTerminalTask } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import type { TaskId } from "@/lib/ids";
import { listKnown } from "@/server/services/runs/list-known";
import { readNodes } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import type { RunRow } from "@/server/store/run";
import { readTasksOfNode, type TaskRef } from "@/server/store/task";

type About = { readonly graph: Graph; readonly reason: string };

/**
 * What a wish means to the planner. Outputs set by hand are added by the caller.
 * @throws {NereusError} operator-target, node-unknown, task-unknown, task-needed, task-already-ended, nothing-to-do,
 *   node-without-tasks, priority-invalid, run-already-ended, run-not-ended, run-nothing-failed, run-being-cancelled
 */
export async function resolveWish(tx: Tx, run: RunRow, wish: OperatorWish, about: About): Promise<DagEvent> {
  const { action } = wish;
  const kind = wish.node === undefined ? "run" : wish.tasks === undefined ? "node" : "tasks";
  const isLone = action === "set-output" && kind === "node";
  if (!isLone && !targetsOf[action].includes(kind))
    throw new NereusError("operator-target", { action, targets: targetsOf[action].join(", ") });
  if (isTerminalRun(run.state)) {
    if (action !== "rerun") throw new NereusError("run-already-ended", { run: run.id, state: run.state });
  } else if (run.cancelRequestedAt !== null) throw new NereusError("run-being-cancelled", { run: run.id });
  const { reason } = about;
  if (action === "cancel") return { kind: "cancel", reason };
  const node = wish.node === undefined ? null : findNode(run, about.graph, wish.node);
  if (node === null) return wishOfRun(run, wish, reason);
  const tasks = await findTasks(tx, run, { node, keys: wish.tasks });
  const ids = tasks.map(({ id }) => id);
  const scope: Scope = kind === "tasks" ? { kind: "tasks", taskIds: ids } : { kind: "node", nodeId: node.id };
  switch (action) {
    case "hold":
      return { kind: "hold", scope, reason };
    case "release":
      return { kind: "release", scope };
    case "priority":
      return { kind: "priority", scope, value: readPriority(wish) };
    case "skip":
    case "expire":
      return { kind: action, taskIds: openOf(node, tasks, wish), reason };
    case "force":
      return { kind: "force", nodeId: node.id };
    case "rerun":
      if (ids.length === 0) throw await withoutTasks(tx, run, node);
      return { kind: "rerun", taskIds: ids, downstream: wish.downstream ?? false };
    case "set-output":
      return { kind: "set-outputs", taskId: loneOf(node, tasks, wish), artifacts: [] };
  }
}

/** Of a whole run. */
function wishOfRun(run: RunRow, wish: OperatorWish, reason: string): DagEvent {
  const scope: Scope = { kind: "run" };
  switch (wish.action) {
    case "hold":
      return { kind: "hold", scope, reason };
    case "release":
      return { kind: "release", scope };
    case "priority":
      return { kind: "priority", scope, value: readPriority(wish) };
    case "rerun":
      if (!isTerminalRun(run.state)) throw new NereusError("run-not-ended", { run: run.id, state: run.state });
      if (run.state === "completed") throw new NereusError("run-nothing-failed", { run: run.id });
      return { kind: "retry" };
    default:
      throw new NereusError("operator-target", { action: wish.action, targets: targetsOf[wish.action].join(", ") });
  }
}

function findNode(run: RunRow, graph: Graph, name: string): GraphNode {
  const node = graph.nodes.find(({ id }) => id === name);
  if (node !== undefined) return node;
  throw new NereusError("node-unknown", {
    run: run.id,
    node: name,
    known: listKnown(
      name,
      graph.nodes.map(({ id }) => id),
    ),
  });
}

/** A lone task has no key of its own: the name of its node, or an empty one, means it. */
async function findTasks(
  tx: Tx,
  run: RunRow,
  { node, keys }: { readonly node: GraphNode; readonly keys: readonly string[] | undefined },
): Promise<readonly TaskRef[]> {
  const asKey = (key: string) => (key === node.id ? "" : key);
  const found = await readTasksOfNode(tx, {
    runId: run.id,
    nodeId: node.id,
    keys: keys && [...keys, ...keys.map(asKey)],
  });
  const known = new Set(found.map(({ key }) => key));
  const absent = keys?.find((key) => !known.has(key) && !known.has(asKey(key)));
  if (absent === undefined) return found;
  const all = await readTasksOfNode(tx, { runId: run.id, nodeId: node.id });
  const names = all.map(({ key }) => key || node.id);
  throw new NereusError("task-unknown", { node: node.id, task: absent, known: listKnown(absent, names) });
}

/** What has ended cannot be ended otherwise: a named task is refused, of a node the others are taken. */
function openOf(node: GraphNode, tasks: readonly TaskRef[], wish: OperatorWish): readonly TaskId[] {
  const ended = tasks.find(({ state }) => isTerminalTask(state));
  if (wish.tasks !== undefined && ended !== undefined) throw alreadyEnded(node, ended);
  const open = tasks.filter(({ state }) => !isTerminalTask(state));
  if (open.length === 0) throw new NereusError("nothing-to-do", { action: wish.action, target: node.id });
  return open.map(({ id }) => id);
}

const alreadyEnded = (node: GraphNode, task: TaskRef): NereusError =>
  new NereusError("task-already-ended", { node: node.id, task: task.key || node.id, state: task.state });

function loneOf(node: GraphNode, tasks: readonly TaskRef[], wish: OperatorWish): TaskId {
  const [task, ...others] = tasks;
  if (task === undefined) throw new NereusError("nothing-to-do", { action: wish.action, target: node.id });
  if (others.length > 0) throw new NereusError("task-needed", { node: node.id, count: tasks.length });
  if (isTerminalTask(task.state)) throw alreadyEnded(node, task);
  return task.id;
}

async function withoutTasks(tx: Tx, run: RunRow, { id }: GraphNode): Promise<NereusError> {
  const state = (await readNodes(tx, run.id)).get(id)?.state ?? "waiting";
  return new NereusError("node-without-tasks", { node: id, state });
}

function readPriority({ value }: OperatorWish): number {
  if (value !== undefined && Number.isInteger(value) && Math.abs(value) <= greatestPriority) return value;
  throw new NereusError("priority-invalid", { value: String(value ?? ""), limit: greatestPriority });
}
