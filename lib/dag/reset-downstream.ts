import type { DagTask } from "@/lib/dag/dag-state";
import { changeNode, type Draft } from "@/lib/dag/draft";
import type { NodeId } from "@/lib/ids";

/**
 * Puts everything that these nodes reach back to before its launch: its tasks stay for the history, their artifacts are no
 * input any more. One of the nodes is reset as well when another of them reaches it.
 */
export function resetDownstream(draft: Draft, from: Iterable<NodeId>): void {
  const downstream = downstreamOf(draft, from);
  for (const task of draft.state.tasks.values()) if (downstream.has(task.nodeId)) supersede(draft, task);
  for (const id of downstream) {
    const counters = { tasksTotal: 0, tasksLeft: 0, tasksFailed: 0 };
    if (draft.state.nodes.get(id)?.state !== "waiting" || draft.nodes.has(id))
      changeNode(draft, id, { ...counters, state: "waiting", partial: false });
  }
}

function supersede(draft: Draft, { id }: DagTask): void {
  draft.superseded.add(id);
  draft.tasks.delete(id);
}

/** Iterative, so that any depth is fine. */
function downstreamOf(draft: Draft, from: Iterable<NodeId>): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const consumer of draft.state.graph.byId.get(id)?.consumers ?? []) {
      if (found.has(consumer)) continue;
      found.add(consumer);
      queue.push(consumer);
    }
  }
  return found;
}
