import { assertNever } from "@/lib/assert-never";
import { type Changes, type DagEvent, type DagState, type DagTask, noChanges } from "@/lib/dag/dag-state";
import { changeNode, changeTask, type Draft, finishDraft, nodeOf, startDraft } from "@/lib/dag/draft";
import { endRun } from "@/lib/dag/end-run";
import { operate } from "@/lib/dag/operate";
import { retryAfter } from "@/lib/dag/retry-after";
import { retryRun } from "@/lib/dag/retry-run";
import { settle } from "@/lib/dag/settle";
import { isTerminalRun, isTerminalTask } from "@/lib/dag/state";
import type { TaskId } from "@/lib/ids";

/**
 * What an event does to a run: pure, and idempotent, since the same event on the resulting state changes nothing.
 * The first terminal state of a run stands, but for `retry` and `rerun`; whatever a task that has ended still tells is
 * ignored.
 * Source: launch rules of the conformance vectors; ENGINE.md, sections 2 and 4.
 */
export function decide(state: DagState, event: DagEvent): Changes {
  const draft = startDraft(state);
  if (isTerminalRun(state.run.state)) {
    if (event.kind === "retry" && state.run.state !== "completed") retryRun(draft);
    else if (event.kind === "rerun") operate(draft, event);
    return finishDraft(draft);
  }
  switch (event.kind) {
    case "start":
      return state.run.state === "pending" ? start(draft) : noChanges;
    case "cancel":
      endRun(draft, { state: "cancelled", reason: event.reason, cause: "cancelled" });
      break;
    case "abort":
      endRun(draft, { state: event.state, reason: event.reason, cause: "aborted" });
      break;
    case "reconcile":
      if (state.run.state === "pending") return start(draft);
      settle(draft, state.nodes.keys());
      break;
    case "retry":
      return noChanges;
    case "artifacts":
    case "completed":
    case "failed":
    case "crashed":
    case "interrupted":
      decideTask(draft, event);
      break;
    default:
      operate(draft, event);
  }
  return finishDraft(draft);
}

/** The run input is what roots work on; every one of them gets exactly one task. */
function start(draft: Draft): Changes {
  const { generation } = draft.state.run;
  draft.run = { state: "running", reason: null, completeness: null, generation, cause: null };
  settle(
    draft,
    draft.state.graph.nodes.filter(({ upstream }) => upstream.length === 0).map(({ id }) => id),
  );
  return finishDraft(draft);
}

type TaskEvent = Extract<DagEvent, { kind: "artifacts" | "completed" | "failed" | "crashed" | "interrupted" }>;

function decideTask(draft: Draft, event: TaskEvent): void {
  const task = liveTask(draft, event.taskId);
  if (task === null) return;
  switch (event.kind) {
    case "artifacts":
      settle(draft, streamingConsumers(draft, task));
      break;
    case "completed":
      changeTask(draft, task, { state: "completed" });
      endTask(draft, task);
      settle(draft, [task.nodeId, ...streamingConsumers(draft, task)]);
      break;
    case "failed":
    case "crashed":
      fail(draft, task, event);
      break;
    case "interrupted":
      changeTask(draft, task, { state: "ready", reason: "interrupted by an orderly stop" });
      break;
    default:
      assertNever(event);
  }
}

function liveTask(draft: Draft, id: TaskId): DagTask | null {
  const task = draft.state.tasks.get(id);
  return task === undefined || isTerminalTask(task.state) ? null : task;
}

const streamingConsumers = (draft: Draft, task: DagTask) =>
  (draft.state.graph.byId.get(task.nodeId)?.consumers ?? []).filter(
    (id) => draft.state.graph.byId.get(id)?.streamsFrom === task.nodeId,
  );

function endTask(draft: Draft, task: DagTask): void {
  changeNode(draft, task.nodeId, { tasksLeft: Math.max(0, nodeOf(draft, task.nodeId).tasksLeft - 1) });
}

function fail(draft: Draft, task: DagTask, event: Extract<TaskEvent, { kind: "failed" | "crashed" }>): void {
  const { kind: state, reason } = event;
  const node = draft.state.graph.byId.get(task.nodeId);
  const { failures, waitSeconds: pause } = retryAfter(node?.retry, { failures: task.failures, state }, event.failure);
  if (pause !== null) {
    const isFree = node?.waitsFor === undefined || node.waitsFor === null;
    // What waits as a row anyway looks again at its own pace.
    const waitSeconds = isFree ? pause : 0;
    const next = waitSeconds > 0 || !isFree ? "waiting" : "ready";
    changeTask(draft, task, { state: next, failures, reason, waitSeconds });
    return;
  }
  changeTask(draft, task, { state, failures, reason });
  endTask(draft, task);
  if (node?.toleratesFailure) {
    changeNode(draft, task.nodeId, { tasksFailed: nodeOf(draft, task.nodeId).tasksFailed + 1 });
    settle(draft, [task.nodeId]);
    return;
  }
  changeNode(draft, task.nodeId, { state });
  draft.reasons.set(task.nodeId, reason);
  endRun(draft, { state, reason, cause: state === "failed" ? "task-failed" : "task-crashed" });
}
