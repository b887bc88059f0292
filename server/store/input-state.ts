import { type DagState, dagLimits } from "@/lib/dag/dag-state";
import type { Graph, GraphNode } from "@/lib/dag/graph";
import type { NodeId } from "@/lib/ids";
import { type PlacedArtifact, readPlacedArtifacts } from "@/server/store/artifact";
import { readNodes } from "@/server/store/dag-state";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";
import { readExternal } from "@/server/store/run-source";

/** What tells which artifacts the tasks of a launched node see, with the place of each. */
export async function readInputState(
  db: Reader,
  run: Pick<RunRow, "id" | "state" | "generation" | "pipelineId" | "cycle">,
  of: { readonly node: GraphNode; readonly graph: Graph },
): Promise<InputState> {
  const { node, graph } = of;
  const { artifacts: external, substitutes } = await readExternal(db, run, graph);
  return {
    ...{ graph, limits: dagLimits, tasks: new Map(), expiredEdges: new Set(), external, substitutes },
    run: { id: run.id, state: run.state, generation: run.generation },
    // Only an input that can fall back on another asks how its producer ended.
    nodes: node.planner === "pure" ? await readNodes(db, run.id) : new Map(),
    artifacts: await readPlacedArtifacts(db, run.id, [...readable(graph, node)]),
  };
}

export type InputState = Omit<DagState, "artifacts" | "external"> & {
  readonly artifacts: readonly PlacedArtifact[];
  readonly external: ReadonlyMap<string, readonly PlacedArtifact[]>;
};

/** Nodes whose artifacts its inputs can lead to, through those that let artifacts pass. */
function readable(graph: Graph, node: GraphNode): ReadonlySet<NodeId> {
  const found = new Set<NodeId>(node.upstream);
  const queue = [...found];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const producer = graph.byId.get(id);
    if (!producer?.passthrough) continue;
    for (const above of producer.upstream) {
      if (!found.has(above)) queue.push(above);
      found.add(above);
    }
  }
  return found;
}
