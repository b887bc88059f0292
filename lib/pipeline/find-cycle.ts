import { readInputs } from "@/lib/dag/graph";
import { topologicalOrder } from "@/lib/dag/topological-order";
import type { NodeId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";

/**
 * Nodes that wait for each other, first and last the same, or null. Iterative: a chain of any length is fine.
 */
export function findCycle(nodes: readonly NodeDefinition[]): readonly NodeId[] | null {
  const upstream = new Map(nodes.map((node) => [node.id, upstreamOf(node)]));
  const left = new Set(upstream.keys());
  for (const id of topologicalOrder(upstream)) left.delete(id);
  const start = left.values().next().value;
  if (start === undefined) return null;
  // Every node that is left waits for one that is left, so walking upstream must come back.
  const path: NodeId[] = [];
  const placeOf = new Map<NodeId, number>();
  let at: NodeId | undefined = start;
  while (at !== undefined && !placeOf.has(at)) {
    placeOf.set(at, path.length);
    path.push(at);
    at = upstream.get(at)?.find((name) => left.has(name));
  }
  return at === undefined ? null : [...path.slice(placeOf.get(at)), at].reverse();
}

/** Distinct nodes of the same run that a node waits for, those that it only falls back on included. */
export function upstreamOf(node: NodeDefinition): readonly NodeId[] {
  const read = readInputs(node).flatMap(({ external, node: producer, fallback }) => [
    ...(external === null ? [producer] : []),
    ...(fallback?.kind === "node" ? [fallback.node] : []),
  ]);
  return [...new Set([...read, ...node.after])];
}
