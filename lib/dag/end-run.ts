import type { RunEndCause } from "@/lib/dag/dag-state";
import { changeNode, type Draft, nodeOf } from "@/lib/dag/draft";
import { isTerminalNode } from "@/lib/dag/state";

/** Ends a run badly: what has not ended is cancelled. */
export function endRun(
  draft: Draft,
  end: { readonly state: "failed" | "crashed" | "cancelled"; readonly reason: string; readonly cause: RunEndCause },
): void {
  draft.run = { ...end, completeness: null, generation: draft.run?.generation ?? draft.state.run.generation };
  draft.cancelOpenTasks = true;
  for (const { id } of draft.state.graph.nodes) {
    if (!isTerminalNode(nodeOf(draft, id).state)) changeNode(draft, id, { state: "cancelled", tasksLeft: 0 });
  }
}
