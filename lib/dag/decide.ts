import { assertNever } from "@/lib/assert-never";
import { type Changes, type DagEvent, type DagState, type DagTask, noChanges } from "@/lib/dag/dag-state";
import { changeNode, type Draft, finishDraft, isDone, nodeOf, startDraft } from "@/lib/dag/draft";
import { endRun } from "@/lib/dag/end-run";
import { addTasks, settle, stream } from "@/lib/dag/launch";
import { isTerminalRun, isTerminalTask } from "@/lib/dag/state";

/** A crash is not the work's fault: it is tried again at least this often. */
const crashRetries = 3;

/**
 * What an event does to a run: pure, and idempotent, since the same event on the resulting state changes nothing.
 * The first terminal state of a run stands; whatever a task that has ended still tells is ignored.
 * Source: launch rules of the conformance vectors; ENGINE.md, section 2.
 */
export function decide(state: DagState, event: DagEvent): Changes {
  if (isTerminalRun(state.run.state)) return noChanges;
  const draft = startDraft(state);
  switch (event.kind) {
    case "start":
      return state.run.state === "pending" ? start(draft) : noChanges;
    case "cancel":
      endRun(draft, "cancelled", event.reason);
      return finishDraft(draft);
    case "reconcile":
      if (state.run.state === "pending") return start(draft);
      settle(draft, [...state.nodes.keys()]);
      return finishDraft(draft);
    case "artifacts":
    case "completed":
    case "failed":
    case "crashed":
    case "interrupted": {
      const task = state.tasks.get(event.taskId);
      if (task === undefined || isTerminalTask(task.state)) return noChanges;
      decideTask(draft, task, event);
      return finishDraft(draft);
    }
    default:
      return assertNever(event);
  }
}

type TaskEvent = Extract<DagEvent, { kind: "artifacts" | "completed" | "failed" | "crashed" | "interrupted" }>;

function decideTask(draft: Draft, task: DagTask, event: TaskEvent): void {
  switch (event.kind) {
    case "artifacts":
      stream(draft, task.nodeId, event.artifacts);
      break;
    case "completed":
      complete(draft, task, event);
      break;
    case "failed":
    case "crashed":
      fail(draft, task, event.kind, event.reason);
      break;
    case "interrupted":
      draft.tasks.push({
        id: task.id,
        state: "ready",
        failures: task.failures,
        generation: task.generation,
        waitSeconds: 0,
        reason: "interrupted by an orderly stop",
      });
      break;
    default:
      assertNever(event);
  }
}

/** Roots get exactly one task each, whatever their fan; the run input is what they work on. */
function start(draft: Draft): Changes {
  draft.run = { state: "running", reason: null, completeness: null };
  for (const node of draft.state.graph.nodes) if (node.upstream.length === 0) addTasks(draft, node, [null]);
  return finishDraft(draft);
}

function complete(draft: Draft, task: DagTask, event: Extract<TaskEvent, { kind: "completed" }>): void {
  draft.tasks.push({
    id: task.id,
    state: "completed",
    failures: task.failures,
    generation: task.generation,
    waitSeconds: 0,
    reason: null,
  });
  const { tasksLeft } = nodeOf(draft, task.nodeId);
  changeNode(draft, task.nodeId, { tasksLeft: Math.max(0, tasksLeft - 1) });
  stream(draft, task.nodeId, event.artifacts);
  if (!isDone(draft, task.nodeId)) settle(draft, [task.nodeId]);
}

function fail(draft: Draft, task: DagTask, state: "failed" | "crashed", reason: string): void {
  const failures = task.failures + 1;
  const retries = draft.state.graph.byId.get(task.nodeId)?.retries ?? 0;
  const allowed = state === "crashed" ? Math.max(retries, crashRetries) : retries;
  if (failures <= allowed) {
    draft.tasks.push({ id: task.id, state: "ready", failures, generation: task.generation, waitSeconds: 0, reason });
    return;
  }
  draft.tasks.push({ id: task.id, state, failures, generation: task.generation, waitSeconds: 0, reason });
  changeNode(draft, task.nodeId, { state, tasksLeft: Math.max(0, nodeOf(draft, task.nodeId).tasksLeft - 1) });
  draft.reasons.set(task.nodeId, reason);
  endRun(draft, state, reason);
}
