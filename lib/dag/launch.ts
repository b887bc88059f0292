import type { DagArtifact, NewTask } from "@/lib/dag/dag-state";
import { changeNode, type Draft, isDone, nodeOf } from "@/lib/dag/draft";
import { edgeState } from "@/lib/dag/edge-state";
import { endRun } from "@/lib/dag/end-run";
import type { GraphNode } from "@/lib/dag/graph";
import { isNamedFile } from "@/lib/dag/is-match";
import { groupsOf, type Offer, offersOf, originOf } from "@/lib/dag/offer";

/** A task that a node wants; its key still without a number. */
type Wish = Pick<NewTask, "key" | "inputArtifactId" | "originId">;

const one: Wish = { key: "", inputArtifactId: null, originId: null };

/**
 * Launches a node whose edges are all decided: tasks, or none and the reason.
 * @returns true when the node has become done
 * Source: conformance/README.md, Launching one node.
 */
export function launch(draft: Draft, node: GraphNode): boolean {
  const bad = findDead(draft, node);
  if (bad !== null) return mark(draft, node, { state: "skipped", reason: bad });
  if (node.inputs.some((input) => isShort(draft, node, input))) changeNode(draft, node.id, { partial: true });
  const offers = offersOf(draft, node, node.mains);
  if (node.fan === "aggregate" && offers.some(({ found, kept }) => found.length > 0 && kept.length === 0))
    return mark(draft, node, { state: "skipped", reason: "a filter rejected all artifacts of an edge" });
  if (!holds(draft, node, offers))
    return mark(draft, node, { state: "filtered", reason: "its condition does not hold" });
  const wishes = wishesOf(draft, node, offers);
  if (wishes.length === 0) return mark(draft, node, { state: "filtered", reason: "nothing to work on" });
  makeTasks(draft, node, wishes);
  return false;
}

/** Tasks for what a producer has committed while it runs; those that the node has already are not made again. */
export function stream(draft: Draft, node: GraphNode, known: ReadonlySet<string>): void {
  const input = node.mains.find((main) => main.stream);
  if (input === undefined) return;
  if (isShort(draft, node, input) && isDone(draft, input.node)) changeNode(draft, node.id, { partial: true });
  // What is there counts, whatever may still come.
  const offers = offersOf({ ...draft, forced: new Set([node.id]) }, node, node.mains);
  const kept = offers.find((offer) => offer.input === input)?.kept ?? [];
  const fresh = kept.filter(({ key }) => !known.has(key));
  if (fresh.length > 0 && holds(draft, node, offers)) makeTasks(draft, node, fresh.map(wishOf));
}

/** Why the node cannot be launched at all; null when it can. */
function findDead(draft: Draft, node: GraphNode): string | null {
  for (const id of node.after) {
    const { state } = nodeOf(draft, id);
    if (state === "skipped" || state === "failed") return `${id} is ${state}`;
  }
  for (const input of node.inputs) {
    const edge = edgeState(draft, node, input);
    if (edge.kind === "dead") return edge.reason;
  }
  return null;
}

function isShort(draft: Draft, node: GraphNode, input: GraphNode["inputs"][number]): boolean {
  const edge = edgeState(draft, node, input);
  return edge.kind === "ready" && edge.isPartial;
}

function holds(draft: Draft, node: GraphNode, offers: readonly Offer[]): boolean {
  if (node.when === null) return true;
  const collected = new Map<string, readonly DagArtifact[]>();
  for (const { input, kept } of offers) collected.set(input.node, [...(collected.get(input.node) ?? []), ...kept]);
  return draft.state.holds?.(node.id, collected) ?? false;
}

function wishesOf(draft: Draft, node: GraphNode, offers: readonly Offer[]): readonly Wish[] {
  if (node.mains.length === 0) return [one];
  switch (node.fan) {
    case "single":
      return offers.flatMap(({ kept }) => kept.map(wishOf));
    case "grouped":
      return wishesOfGroups(draft, node, offers);
    default:
      // A named file is work even when it is absent: its task then fails and says so, where a glob just finds nothing.
      return offers.some(({ input, kept }) => kept.length > 0 || isNamedFile(input.path)) ? [one] : [];
  }
}

const wishOf = (artifact: DagArtifact): Wish => ({
  key: artifact.key,
  inputArtifactId: artifact.id,
  originId: artifact.originId ?? artifact.id,
});

/** A group by origin has the key of the artifact that it comes from. */
function wishesOfGroups(draft: Draft, node: GraphNode, offers: readonly Offer[]): readonly Wish[] {
  const groups = groupsOf(node, offers);
  const keys = new Map<string, string>(draft.state.artifacts.map(({ id, key }) => [id, key]));
  return groups.map((group) => {
    const originId = originOf(node, group);
    const key = group.group === null ? "" : ((originId === null ? null : keys.get(originId)) ?? group.group);
    return { key, inputArtifactId: null, originId };
  });
}

function makeTasks(draft: Draft, node: GraphNode, wishes: readonly Wish[]): void {
  const { fan } = draft.state.limits;
  const count = nodeOf(draft, node.id).tasksTotal + wishes.length;
  if (count > fan && node.fan !== "aggregate") {
    const reason = `${node.id} would get ${count} tasks; the limit is ${fan}`;
    changeNode(draft, node.id, { state: "failed" });
    draft.reasons.set(node.id, reason);
    endRun(draft, { state: "failed", reason, cause: "fan-out-limit" });
  } else addTasks(draft, node, wishes);
}

function addTasks(draft: Draft, node: GraphNode, wishes: readonly Wish[]): void {
  const { tasksTotal, tasksLeft, held } = nodeOf(draft, node.id);
  const repeats = new Map<string, number>();
  wishes.forEach((wish, index) => {
    const repeat = (repeats.get(wish.key) ?? 0) + 1;
    repeats.set(wish.key, repeat);
    const key = repeat > 1 ? `${wish.key}#${repeat}` : wish.key;
    const state = node.hold || held ? "held" : node.waitsFor === null ? "ready" : "waiting";
    draft.newTasks.push({ ...wish, nodeId: node.id, key, position: tasksTotal + index, state });
  });
  const made = wishes.length;
  changeNode(draft, node.id, { state: "running", tasksTotal: tasksTotal + made, tasksLeft: tasksLeft + made });
}

function mark(
  draft: Draft,
  node: GraphNode,
  end: { readonly state: "skipped" | "filtered"; readonly reason: string },
): boolean {
  changeNode(draft, node.id, { state: end.state });
  draft.reasons.set(node.id, end.reason);
  return isDone(draft, node.id);
}
