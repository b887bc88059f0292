import { readInputs } from "@/lib/dag/graph";
import type { NodeId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { findRing } from "@/lib/pipeline/find-ring";

/**
 * Nodes that wait for each other, first and last the same, or null. Iterative: a chain of any length is fine.
 */
export function findCycle(nodes: readonly NodeDefinition[]): readonly NodeId[] | null {
  return findRing(new Map(nodes.map((node) => [node.id, upstreamOf(node)])));
}

/** Distinct nodes of the same run that a node waits for, those that it only falls back on included. */
export function upstreamOf(node: NodeDefinition): readonly NodeId[] {
  const read = readInputs(node).flatMap(({ external, node: producer, fallback }) => [
    ...(external === null ? [producer] : []),
    ...(fallback?.kind === "node" ? [fallback.node] : []),
  ]);
  return [...new Set([...read, ...node.after])];
}
