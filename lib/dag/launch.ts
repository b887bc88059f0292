import type { DagArtifact } from "@/lib/dag/dag-state";
import { changeNode, type Draft, isDone, nodeOf } from "@/lib/dag/draft";
import { endRun } from "@/lib/dag/end-run";
import type { GraphInput, GraphNode } from "@/lib/dag/graph";
import { isMatch, isNamedFile } from "@/lib/dag/is-match";
import { isTerminalNode } from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

/**
 * Launches what has become ready, closes what has ended, until nothing moves: a node that launches nothing counts as
 * done at once. In ascending position; iterative, so a chain of any length is fine.
 */
export function settle(draft: Draft, first: readonly NodeId[]): void {
  const waiting = new Set(first);
  while (waiting.size > 0 && draft.run === null) {
    const node = takeLowest(draft, waiting);
    if (node && !isDone(draft, node.id) && advance(draft, node)) for (const id of node.consumers) waiting.add(id);
  }
  if (draft.run === null && draft.state.graph.nodes.every((node) => isDone(draft, node.id))) {
    const partial = draft.state.graph.nodes.some((node) => nodeOf(draft, node.id).state === "partial");
    draft.run = { state: "completed", reason: null, completeness: partial ? "partial" : "complete" };
  }
}

function takeLowest(draft: Draft, waiting: Set<NodeId>): GraphNode | null {
  let lowest: GraphNode | null = null;
  for (const id of waiting) {
    const node = draft.state.graph.byId.get(id);
    if (node && (lowest === null || node.position < lowest.position)) lowest = node;
  }
  if (lowest === null) waiting.clear();
  else waiting.delete(lowest.id);
  return lowest;
}

/** Moves one node on as far as it goes; true when it has become done. */
function advance(draft: Draft, node: GraphNode): boolean {
  const ready = node.upstream.every((id) => isDone(draft, id));
  const current = nodeOf(draft, node.id);
  if (isTerminalNode(current.state)) return false;
  if (node.upstream.length === 0) return close(draft, node);
  if (node.upstream.some((id) => nodeOf(draft, id).state === "skipped"))
    return ready && mark(draft, node, "skipped", "an upstream node was skipped");
  if (node.streamsFrom !== null) {
    if (!canStream(draft, node)) return false;
    makeTasks(draft, node, newArtifacts(draft, node, draft.state.artifacts));
    return draft.run === null && ready && close(draft, node);
  }
  if (!ready) return false;
  if (current.state === "waiting") launch(draft, node);
  return draft.run === null && close(draft, node);
}

function launch(draft: Draft, node: GraphNode): void {
  if (node.fan === "single") {
    makeTasks(draft, node, matching(node.fanInput, draft.state.artifacts));
    return;
  }
  const wanted = node.inputs.length === 0 || node.inputs.some((input) => hasWork(input, draft.state.artifacts));
  if (wanted) addTasks(draft, node, [null]);
}

/** A named file is work even when it is absent: its task then fails and says so, where a glob just finds nothing. */
const hasWork = (input: GraphInput, artifacts: readonly DagArtifact[]): boolean =>
  isNamedFile(input.path) || artifacts.some((artifact) => isMatch(input, artifact));

/** A node whose tasks have all ended and that cannot get more is done; without any it had nothing to work on. */
function close(draft: Draft, node: GraphNode): boolean {
  const { state, tasksLeft, tasksTotal } = nodeOf(draft, node.id);
  if (tasksTotal === 0) return mark(draft, node, "filtered", "nothing to work on");
  if (state !== "running" || tasksLeft > 0) return false;
  changeNode(draft, node.id, { state: "completed" });
  return true;
}

function mark(draft: Draft, node: GraphNode, state: "skipped" | "filtered", reason: string): boolean {
  if (node.upstream.length === 0) return false;
  changeNode(draft, node.id, { state });
  draft.reasons.set(node.id, reason);
  return true;
}

/** Gives streaming consumers their tasks while the producer still runs. */
export function stream(draft: Draft, producer: NodeId, artifacts: readonly DagArtifact[]): void {
  for (const id of draft.state.graph.byId.get(producer)?.consumers ?? []) {
    const node = draft.state.graph.byId.get(id);
    if (node?.streamsFrom === producer && draft.run === null && canStream(draft, node))
      makeTasks(draft, node, newArtifacts(draft, node, artifacts));
  }
}

/** All that a streaming node waits for, but its producer, is there. */
function canStream(draft: Draft, node: GraphNode): boolean {
  const others = node.upstream.filter((id) => id !== node.streamsFrom);
  return !isTerminalNode(nodeOf(draft, node.id).state) && others.every((id) => isDone(draft, id));
}

function newArtifacts(draft: Draft, node: GraphNode, artifacts: readonly DagArtifact[]): readonly DagArtifact[] {
  const known = new Set([...draft.state.tasks.values()].filter((t) => t.nodeId === node.id).map((t) => t.key));
  const drafted = new Set(draft.newTasks.filter((task) => task.nodeId === node.id).map((task) => task.key));
  return matching(node.fanInput, artifacts).filter(({ key }) => !known.has(key) && !drafted.has(key));
}

function matching(input: GraphInput | null, artifacts: readonly DagArtifact[]): readonly DagArtifact[] {
  return input === null ? [] : artifacts.filter((artifact) => isMatch(input, artifact));
}

function makeTasks(draft: Draft, node: GraphNode, artifacts: readonly DagArtifact[]): void {
  const count = nodeOf(draft, node.id).tasksTotal + artifacts.length;
  if (count > draft.state.limits.fan) {
    const reason = `${node.id} would get ${count} tasks; the limit is ${draft.state.limits.fan}`;
    changeNode(draft, node.id, { state: "failed" });
    draft.reasons.set(node.id, reason);
    endRun(draft, "failed", reason);
  } else addTasks(draft, node, artifacts);
}

/** One ready task for each artifact, or one without. */
export function addTasks(draft: Draft, node: GraphNode, artifacts: readonly (DagArtifact | null)[]): void {
  if (artifacts.length === 0) return;
  const { tasksTotal, tasksLeft } = nodeOf(draft, node.id);
  artifacts.forEach((artifact, index) => {
    const { key = "", id: inputArtifactId = null } = artifact ?? {};
    draft.newTasks.push({
      nodeId: node.id,
      key,
      position: tasksTotal + index,
      inputArtifactId,
      originId: artifact === null ? null : (artifact.originId ?? artifact.id),
      state: node.hold ? "held" : "ready",
    });
  });
  changeNode(draft, node.id, {
    state: "running",
    tasksTotal: tasksTotal + artifacts.length,
    tasksLeft: tasksLeft + artifacts.length,
  });
}
