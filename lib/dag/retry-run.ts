import type { DagTask } from "@/lib/dag/dag-state";
import { changeNode, changeTask, type Draft, isDone, nodeOf } from "@/lib/dag/draft";
import { resetDownstream } from "@/lib/dag/reset-downstream";
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

/** Makes an ended run live again, one generation up. What was made of less than there may be now is planned again. */
export function reopen(draft: Draft): void {
  const generation = draft.state.run.generation + 1;
  draft.run = { state: "running", reason: null, completeness: null, generation, cause: null };
  const left = new Map<NodeId, number>();
  const reopened = new Set<NodeId>();
  for (const task of draft.state.tasks.values()) {
    const isAgain = unsuccessful.has(task.state);
    if (isAgain) {
      changeTask(draft, task, { state: stateOfNew(draft, task), generation, failures: 0 });
      reopened.add(task.nodeId);
    }
    if (isAgain || !isTerminalTask(task.state)) left.set(task.nodeId, (left.get(task.nodeId) ?? 0) + 1);
  }
  const tolerated = [...draft.state.nodes.keys()].filter(
    (id) => nodeOf(draft, id).tasksFailed > 0 && isDone(draft, id),
  );
  for (const [id, node] of draft.state.nodes) {
    const isEnded = node.state === "failed" || node.state === "crashed" || node.state === "cancelled";
    if (!isEnded && !reopened.has(id)) continue;
    const state = node.tasksTotal > 0 ? "running" : "waiting";
    changeNode(draft, id, { state, tasksLeft: left.get(id) ?? 0, tasksFailed: 0 });
  }
  resetDownstream(draft, tolerated);
}

/** A task that is made ready again, or waits again, unless its node is held. */
export const stateOfNew = (draft: Draft, task: DagTask): "ready" | "held" | "waiting" =>
  draft.state.graph.byId.get(task.nodeId)?.hold || nodeOf(draft, task.nodeId).held ? "held" : stateOfFree(draft, task);

/** Where a task begins that nothing holds. */
export const stateOfFree = (draft: Draft, task: DagTask): "ready" | "waiting" =>
  (draft.state.graph.byId.get(task.nodeId)?.waitsFor ?? null) === null ? "ready" : "waiting";
