import type { Graph, GraphNode } from "@/lib/dag/graph";
import { isTerminalNode, type NodeState } from "@/lib/dag/state";
import { topologicalOrder } from "@/lib/dag/topological-order";
import type { NodeId } from "@/lib/ids";

/** Where a node stands now. */
export type NodeProgress = {
  readonly state: NodeState;
  /** When its first task started, milliseconds since 1970; null before. */
  readonly startedAtMs: number | null;
};

export type PredictedEnd = {
  /** Milliseconds since 1970, never before now. */
  readonly endsAtMs: number;
  /** The remaining nodes that decide it, in their order. */
  readonly criticalPath: readonly NodeId[];
  /** Remaining nodes of which no duration is known: they count as nothing, so the run may end later. */
  readonly unknown: readonly NodeId[];
};

const lastCount = 30;

/**
 * When a run will probably end: the longest way through its remaining nodes, each taking the p90 of its last 30 durations. A
 * node that streams runs beside its producer and ends after it. A run is late when this passes its deadline.
 * @param about  how each node stands, and how long it took in earlier runs from its first start to its last end, seconds,
 *               oldest first
 * Source: ENGINE.md, section 4, Late runs.
 */
export function predictEnd(
  graph: Graph,
  about: {
    readonly nowMs: number;
    readonly nodes: ReadonlyMap<NodeId, NodeProgress>;
    readonly durationsSeconds: ReadonlyMap<NodeId, readonly number[]>;
  },
): PredictedEnd {
  const { nowMs, nodes, durationsSeconds } = about;
  const spans = new Map<NodeId, Span>();
  const unknown: NodeId[] = [];
  for (const id of topologicalOrder(new Map(graph.nodes.map((node) => [node.id, node.upstream])))) {
    const node = graph.byId.get(id);
    const { state = "waiting", startedAtMs = null } = nodes.get(id) ?? {};
    if (node === undefined || isTerminalNode(state)) continue;
    const typicalSeconds = percentile90((durationsSeconds.get(id) ?? []).slice(-lastCount));
    if (typicalSeconds === null) unknown.push(id);
    spans.set(id, spanOf(node, spans, { nowMs, startedAtMs, typicalMs: (typicalSeconds ?? 0) * 1000 }));
  }
  let last: NodeId | null = null;
  let endsAtMs = nowMs;
  for (const [id, { endMs }] of spans) if (endMs >= endsAtMs) [last, endsAtMs] = [id, endMs];
  const criticalPath: NodeId[] = [];
  for (let id = last; id !== null; id = spans.get(id)?.after ?? null) criticalPath.push(id);
  return { endsAtMs, criticalPath: criticalPath.reverse(), unknown };
}

type Span = {
  readonly startMs: number;
  readonly endMs: number;
  /** The remaining node that decides it; null when none does. */
  readonly after: NodeId | null;
};

function spanOf(
  node: GraphNode,
  spans: ReadonlyMap<NodeId, Span>,
  known: { readonly nowMs: number; readonly startedAtMs: number | null; readonly typicalMs: number },
): Span {
  let [startMs, endMs] = [known.startedAtMs ?? known.nowMs, known.nowMs];
  let after: NodeId | null = null;
  for (const id of node.upstream) {
    const producer = spans.get(id);
    if (producer === undefined) continue;
    const isStreamed = id === node.streamsFrom;
    const fromMs = isStreamed ? producer.startMs : producer.endMs;
    if (known.startedAtMs === null && (fromMs > startMs || after === null)) {
      startMs = Math.max(startMs, fromMs);
      after = id;
    }
    // However fast it is, it cannot end before what it streams from.
    if (isStreamed && producer.endMs > endMs) endMs = producer.endMs;
  }
  const ownEndMs = startMs + known.typicalMs;
  if (ownEndMs < endMs && node.streamsFrom !== null && spans.has(node.streamsFrom)) after = node.streamsFrom;
  return { startMs, endMs: Math.max(endMs, ownEndMs), after };
}

/** The smallest value that nine of ten do not pass (nearest rank); null of nothing. */
function percentile90(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(0.9 * sorted.length) - 1] ?? null;
}
