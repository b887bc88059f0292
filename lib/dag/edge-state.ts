import type { DagArtifact } from "@/lib/dag/dag-state";
import { artifactsOf, type Draft, isDone, nodeOf } from "@/lib/dag/draft";
import { edgeKey, type GraphInput, type GraphNode } from "@/lib/dag/graph";
import { isMatch } from "@/lib/dag/is-match";
import type { NodeId } from "@/lib/ids";

/** What an input has to offer: `open` while more may come, `dead` when nothing usable ever will. */
export type EdgeState =
  | { readonly kind: "open" }
  | { readonly kind: "dead"; readonly reason: string }
  | {
      readonly kind: "ready";
      readonly artifacts: readonly DagArtifact[];
      /** It is less than what the producer could have given, or came from elsewhere. */
      readonly isPartial: boolean;
    };

/**
 * Where an input of a node stands, before its filter.
 * Source: ENGINE.md, sections 1 (quorum, fallback) and 2 (fail-fast and carrying on).
 */
export function edgeState(draft: Draft, node: GraphNode, input: GraphInput): EdgeState {
  const key = edgeKey(node.id, input.name);
  const isExpired = draft.state.expiredEdges.has(key) || draft.forced.has(node.id);
  if (input.external !== null) return externalState(draft, key, { input, isExpired });
  const isOver = isDone(draft, input.node);
  if (!isOver && !isExpired) return { kind: "open" };
  // What a producer that still runs lets pass is known only once it has ended without artifacts of its own.
  const found = collect(draft, input, isOver ? draft.state.limits.searchDepth : 1);
  const { state } = nodeOf(draft, input.node);
  const isShort = input.quorum !== null && found.length < leastOf(input.quorum);
  if (!isOver) {
    if (input.quorum !== null && !isShort) return { kind: "ready", artifacts: found, isPartial: true };
    if (input.fallback !== null) return fallBack(draft, key, input) ?? { kind: "open" };
    return draft.forced.has(node.id) ? { kind: "ready", artifacts: found, isPartial: true } : { kind: "open" };
  }
  const isBroken = state === "partial" || state === "failed";
  const isUsable =
    state === "completed" ||
    state === "filtered" ||
    (isBroken && found.length > 0 && (input.acceptPartial || input.quorum !== null));
  const isLess = input.quorum !== null && found.length < (input.quorum.expected ?? 0);
  if (isUsable && !isShort) return { kind: "ready", artifacts: found, isPartial: isBroken || isLess };
  const reason = isShort
    ? `${input.node} gave ${found.length} artifacts, fewer than wanted`
    : `${input.node} is ${state}`;
  return fallBack(draft, key, input) ?? { kind: "dead", reason };
}

function externalState(
  draft: Draft,
  key: string,
  { input, isExpired }: { readonly input: GraphInput; readonly isExpired: boolean },
): EdgeState {
  const artifacts = draft.state.external.get(key);
  if (artifacts !== undefined)
    return { kind: "ready", artifacts, isPartial: draft.state.substitutes?.has(key) ?? false };
  if (!isExpired) return { kind: "open" };
  return (
    fallBack(draft, key, input) ?? { kind: "dead", reason: "what it waits for in another run did not come in time" }
  );
}

/** The artifacts that are used in place of those of a producer; null when there is no such place, or nothing in it. */
function fallBack(draft: Draft, key: string, input: GraphInput): EdgeState | null {
  const { fallback } = input;
  if (fallback === null) return null;
  const artifacts =
    fallback.kind === "node"
      ? collect(draft, fallback, draft.state.limits.searchDepth)
      : (draft.state.external.get(`${key}/fallback`) ?? []);
  return artifacts.length > 0 ? { kind: "ready", artifacts, isPartial: true } : null;
}

const leastOf = ({ atLeast, expected }: NonNullable<GraphInput["quorum"]>): number =>
  expected === null ? atLeast : Math.ceil(atLeast * expected);

/**
 * Artifacts of a producer that match the path; where there are none and it lets artifacts pass, those of its upstream
 * nodes together, and so on: the nearest level with any wins.
 */
function collect(draft: Draft, from: Pick<GraphInput, "node" | "path">, mostLevels: number): readonly DagArtifact[] {
  let level: readonly NodeId[] = [from.node];
  for (let depth = 0; depth < mostLevels && level.length > 0; depth += 1) {
    const found = level.flatMap((id) => artifactsOf(draft, id).filter(({ path }) => isMatch(from.path, path)));
    if (found.length > 0) return found;
    const above = level.flatMap((id) => {
      const node = draft.state.graph.byId.get(id);
      return node?.passthrough ? node.upstream : [];
    });
    level = [...new Set(above)];
  }
  return [];
}
