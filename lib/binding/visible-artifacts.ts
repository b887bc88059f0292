import type { DagArtifact } from "@/lib/dag/dag-state";
import type { GraphInput } from "@/lib/dag/graph";

/**
 * What the bindings of a task see: of each node that its inputs read, and of the stand-in of such a node, the artifacts that
 * the task sees, once each and in the order of the node's artifacts.
 * @param seen  by input, as `seenBy` tells
 * @param made  all of them, by node, then position of their task, then place in its output
 * Source: conformance/README.md, Task input and bindings.
 */
export function visibleArtifacts<Artifact extends Pick<DagArtifact, "id" | "nodeId">>(
  inputs: readonly Pick<GraphInput, "name" | "node" | "fallback">[],
  seen: ReadonlyMap<string, readonly Artifact[]>,
  made: readonly Artifact[],
): ReadonlyMap<string, readonly Artifact[]> {
  const producers = new Set(inputs.map(({ node }) => node));
  return new Map(
    [...producers].map((producer) => {
      const edges = inputs.filter(({ node }) => node === producer);
      const ids = new Set(edges.flatMap(({ name }) => seen.get(name) ?? []).map(({ id }) => id));
      const makers = new Set([
        producer,
        ...edges.flatMap(({ fallback }) => (fallback?.kind === "node" ? fallback.node : [])),
      ]);
      return [producer, made.filter(({ id, nodeId }) => ids.has(id) && makers.has(nodeId))];
    }),
  );
}
