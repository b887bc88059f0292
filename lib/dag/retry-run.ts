import type { DagTask } from "@/lib/dag/dag-state";
import { changeNode, changeTask, type Draft, nodeOf } from "@/lib/dag/draft";
import { settle } from "@/lib/dag/settle";
import { isTerminalTask, type TaskState } from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

const unsuccessful: ReadonlySet<TaskState> = new Set(["failed", "crashed", "cancelled"]);

/**
 * Tries everything again that did not succeed: tasks that failed, crashed or were cancelled get a new attempt with the
 * same input, a node that failed without tasks is planned again; completed, skipped and filtered ones stay.
 * Source: conformance/README.md, Retry; ENGINE.md, section 5.
 */
export function retryRun(draft: Draft): void {
  reopen(draft);
  settle(draft, draft.state.nodes.keys());
}

/** Makes an ended run live again, one generation up. */
export function reopen(draft: Draft): void {
  const generation = draft.state.run.generation + 1;
  draft.run = { state: "running", reason: null, completeness: null, generation, cause: null };
  const reopened = new Map<NodeId, number>();
  for (const task of draft.state.tasks.values()) {
    if (!unsuccessful.has(task.state)) continue;
    changeTask(draft, task, { state: stateOfNew(draft, task), generation, failures: 0 });
    reopened.set(task.nodeId, (reopened.get(task.nodeId) ?? 0) + 1);
  }
  for (const [id, node] of draft.state.nodes) {
    const isEnded = node.state === "failed" || node.state === "crashed" || node.state === "cancelled";
    const count = reopened.get(id) ?? 0;
    if (!isEnded && count === 0) continue;
    const left = countOpen(draft, id) + count;
    changeNode(draft, id, { state: node.tasksTotal > 0 ? "running" : "waiting", tasksLeft: left, tasksFailed: 0 });
  }
}

/** A task that is made ready again, unless its node is held. */
export const stateOfNew = (draft: Draft, task: DagTask): "ready" | "held" =>
  draft.state.graph.byId.get(task.nodeId)?.hold || nodeOf(draft, task.nodeId).held ? "held" : "ready";

function countOpen(draft: Draft, id: NodeId): number {
  let count = 0;
  for (const task of draft.state.tasks.values()) if (task.nodeId === id && !isTerminalTask(task.state)) count += 1;
  return count;
}
