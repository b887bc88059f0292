import { changeNode, type Draft, nodeOf } from "@/lib/dag/draft";
import { isTerminalNode } from "@/lib/dag/state";

/** Ends a run badly: what has not ended is cancelled. */
export function endRun(draft: Draft, state: "failed" | "crashed" | "cancelled", reason: string): void {
  draft.run = { state, reason, completeness: null };
  draft.cancelOpenTasks = true;
  for (const { id } of draft.state.graph.nodes) {
    if (!isTerminalNode(nodeOf(draft, id).state)) changeNode(draft, id, { state: "cancelled", tasksLeft: 0 });
  }
}
