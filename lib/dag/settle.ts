import { artifactsOf, byOperator, changeNode, type Draft, isDone, nodeOf } from "@/lib/dag/draft";
import { edgeState } from "@/lib/dag/edge-state";
import type { GraphNode } from "@/lib/dag/graph";
import { launch, stream } from "@/lib/dag/launch";
import { PositionQueue } from "@/lib/dag/position-queue";
import { isTerminalNode, isTerminalTask } from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

/**
 * Launches what has become ready, closes what has ended, until nothing moves: a node that launches nothing counts as
 * done at once. In ascending position; iterative, so a chain of any length is fine.
 * @param first  nodes that something happened to
 */
export function settle(draft: Draft, first: Iterable<NodeId>): void {
  const { byId, nodes } = draft.state.graph;
  const waiting = new PositionQueue();
  const push = (id: NodeId) => {
    const node = byId.get(id);
    if (node) waiting.add(node.position);
  };
  for (const id of first) push(id);
  for (let at = waiting.take(); at !== null && isGoingOn(draft); at = waiting.take()) {
    const node = nodes[at];
    if (node && advance(draft, node)) for (const id of node.consumers) push(id);
  }
  endWell(draft);
}

const isGoingOn = ({ run }: Draft): boolean => run === null || run.state === "running";

/** The run is completed when every node is done. */
function endWell(draft: Draft): void {
  const { graph, run } = draft.state;
  if (draft.cancelOpenTasks) return;
  // What has just changed is the likeliest not to be done: most decisions end here without a look at the whole graph.
  for (const id of draft.nodes.keys()) if (!isDone(draft, id)) return;
  if (!graph.nodes.every((node) => isDone(draft, node.id))) return;
  const isPartial = graph.nodes.some((node) => ["partial", "failed"].includes(nodeOf(draft, node.id).state));
  const generation = draft.run?.generation ?? run.generation;
  const completeness = isPartial ? "partial" : "complete";
  draft.run = { state: "completed", reason: null, completeness, generation, cause: null };
}

/** Moves one node on as far as it goes; true when it has become done. */
function advance(draft: Draft, node: GraphNode): boolean {
  const { state, tasksLeft } = nodeOf(draft, node.id);
  if (isTerminalNode(state)) return false;
  // Siblings are still at work, and nothing can make more of them.
  if (state === "running" && tasksLeft > 0 && node.streamsFrom === null) return false;
  const open = openUpstream(draft, node);
  if (open.length > 0 && !draft.forced.has(node.id)) {
    if (open.every((id) => id === node.streamsFrom)) stream(draft, node, knownKeys(draft, node));
    return false;
  }
  if (state === "waiting" && launch(draft, node)) return true;
  if (state === "running" && node.streamsFrom !== null) stream(draft, node, knownKeys(draft, node));
  return draft.cancelOpenTasks ? false : close(draft, node);
}

/** Nodes, or for other runs inputs, that it still waits for. */
function openUpstream(draft: Draft, node: GraphNode): readonly string[] {
  const open = new Set<string>(node.after.filter((id) => !isDone(draft, id)));
  for (const input of node.inputs) if (edgeState(draft, node, input).kind === "open") open.add(input.node);
  return [...open];
}

function knownKeys(draft: Draft, node: GraphNode): ReadonlySet<string> {
  const known = new Set<string>();
  for (const task of draft.state.tasks.values()) {
    if (task.nodeId === node.id && !draft.superseded.has(task.id)) known.add(task.key);
  }
  for (const task of draft.newTasks) if (task.nodeId === node.id) known.add(task.key);
  return known;
}

/** A node whose tasks have all ended and that cannot get more is done. */
function close(draft: Draft, node: GraphNode): boolean {
  const { state, tasksLeft, tasksFailed, partial } = nodeOf(draft, node.id);
  if (state !== "running" || tasksLeft > 0) return false;
  if (tasksFailed > 0) {
    changeNode(draft, node.id, { state: artifactsOf(draft, node.id).length > 0 ? "partial" : "failed" });
    draft.reasons.set(node.id, `${tasksFailed} of its tasks failed`);
  } else if (didNothing(draft, node)) {
    changeNode(draft, node.id, { state: "skipped" });
    draft.reasons.set(node.id, whySkipped(draft));
  } else changeNode(draft, node.id, { state: partial ? "partial" : "completed" });
  return isDone(draft, node.id);
}

/** In the words of the last of its tasks, where they say more than that an operator did it. */
function whySkipped(draft: Draft): string {
  const said = [...draft.tasks.values()].findLast(({ state }) => state === "skipped" || state === "expired")?.reason;
  return said === undefined || said === null || said === byOperator ? "an operator skipped all of its tasks" : said;
}

/** All of its tasks were ended without their work; asked only when the decision itself ends tasks so. */
function didNothing(draft: Draft, node: GraphNode): boolean {
  if (![...draft.tasks.values()].some(({ state }) => state === "skipped" || state === "expired")) return false;
  const own = [...draft.state.tasks.values()].filter((task) => task.nodeId === node.id);
  const states = own.map((task) => draft.tasks.get(task.id)?.state ?? task.state);
  return states.length > 0 && states.every((one) => isTerminalTask(one) && (one === "skipped" || one === "expired"));
}
