import { readInputs } from "@/lib/dag/graph";
import type { NodeId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";

/**
 * Nodes that wait for each other, first and last the same, or null. Iterative: a chain of any length is fine.
 */
export function findCycle(nodes: readonly NodeDefinition[]): readonly NodeId[] | null {
  const upstream = new Map(
    nodes.map((node) => [node.id, [...new Set([...readInputs(node).map((input) => input.node), ...node.after])]]),
  );
  const left = removeReady(upstream);
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

/** Takes away, as long as there is one, a node that waits for nothing that is left (Kahn 1962). */
function removeReady(upstream: ReadonlyMap<NodeId, readonly NodeId[]>): ReadonlySet<NodeId> {
  const waitsFor = new Map([...upstream].map(([id, names]) => [id, names.length]));
  const consumers = new Map<NodeId, NodeId[]>();
  for (const [id, names] of upstream)
    for (const name of names) consumers.set(name, [...(consumers.get(name) ?? []), id]);
  const ready = [...waitsFor].filter(([, count]) => count === 0).map(([id]) => id);
  const left = new Set(upstream.keys());
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    left.delete(id);
    for (const consumer of consumers.get(id) ?? []) {
      const count = (waitsFor.get(consumer) ?? 0) - 1;
      waitsFor.set(consumer, count);
      if (count === 0) ready.push(consumer);
    }
  }
  return left;
}
