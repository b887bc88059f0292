import type { DagNode } from "@/lib/dag/dag-state";
import type { Graph, GraphNode } from "@/lib/dag/graph";
import { isTerminalRun, type NodeState, type RunState } from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

/** Where a run stands, as far as it matters to what it still needs. */
export type NeedState = {
  readonly graph: Graph;
  readonly runState: RunState;
  readonly nodes: ReadonlyMap<NodeId, Pick<DagNode, "state" | "tasksFailed">>;
  /** Somebody may still retry the run when it ends, or has ended, otherwise than whole. */
  readonly mayBeRetried: boolean;
};

const unsettled: ReadonlySet<NodeState> = new Set(["waiting", "running", "failed", "crashed", "cancelled", "partial"]);

/**
 * Who still needs the artifacts of each node: consumers that have not ended, those that a retry would do again with all
 * below them, and the node itself while it may go on. A node that nobody needs has no entry; the number of names is its
 * reference count. What a person may want to do again although it succeeded is not foreseen.
 * Source: EXECUTION.md, G1 and G2; ENGINE.md, section 5.
 */
export function neededArtifacts(state: NeedState): ReadonlyMap<NodeId, readonly NodeId[]> {
  const { graph } = state;
  if (isTerminalRun(state.runState) && !state.mayBeRetried) return new Map();
  const open = new Set(graph.nodes.map(({ id }) => id).filter((id) => isUnsettled(state, id)));
  const again = withDownstream(graph, open);
  const needs = graph.nodes.map((node): readonly [NodeId, readonly NodeId[]] => {
    const readers = [...readersOf(graph, node)].filter((id) => again.has(id));
    return [node.id, open.has(node.id) ? [node.id, ...readers] : readers];
  });
  return new Map(needs.filter(([, holders]) => holders.length > 0));
}

function isUnsettled({ nodes }: NeedState, id: NodeId): boolean {
  const node = nodes.get(id);
  return node === undefined || unsettled.has(node.state) || node.tasksFailed > 0;
}

function withDownstream(graph: Graph, from: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const found = new Set(from);
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const consumer of graph.byId.get(id)?.consumers ?? []) {
      if (!found.has(consumer)) queue.push(consumer);
      found.add(consumer);
    }
  }
  return found;
}

/** Consumers, and those of consumers that let artifacts pass. */
function readersOf(graph: Graph, node: GraphNode): ReadonlySet<NodeId> {
  const found = new Set<NodeId>(node.consumers);
  const queue = [...found];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const reader = graph.byId.get(id);
    if (!reader?.passthrough) continue;
    for (const further of reader.consumers) {
      if (!found.has(further)) queue.push(further);
      found.add(further);
    }
  }
  return found;
}
