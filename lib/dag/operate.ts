import { assertNever } from "@/lib/assert-never";
import type { DagEvent, DagTask, Scope } from "@/lib/dag/dag-state";
import { byOperator, changeNode, changeTask, type Draft, nodeOf } from "@/lib/dag/draft";
import { resetDownstream } from "@/lib/dag/reset-downstream";
import { reopen, stateOfFree, stateOfNew } from "@/lib/dag/retry-run";
import { settle } from "@/lib/dag/settle";
import { isTerminalRun, isTerminalTask } from "@/lib/dag/state";
import type { NodeId, TaskId } from "@/lib/ids";

type Wish = Extract<
  DagEvent,
  { kind: "due" | "hold" | "release" | "priority" | "skip" | "expire" | "set-outputs" | "rerun" | "force" }
>;

/** What an operator, or the clock, wants of a run. Source: ENGINE.md, section 4. */
export function operate(draft: Draft, wish: Wish): void {
  switch (wish.kind) {
    case "due":
      for (const task of tasksOf(draft, wish.taskIds)) if (task.state === "waiting") makeReady(draft, task);
      break;
    case "hold":
      hold(draft, wish.scope, wish.reason ?? null);
      break;
    case "release":
      release(draft, wish.scope);
      break;
    case "priority":
      for (const task of openTasks(draft, wish.scope))
        changeTask(draft, task, { state: task.state, priority: wish.value });
      break;
    case "skip":
      endTasks(draft, wish.taskIds, { state: "skipped", reason: wish.reason });
      break;
    case "expire":
      endTasks(draft, wish.taskIds, { state: "expired", reason: wish.reason });
      break;
    case "set-outputs":
      setOutputs(draft, wish.taskId);
      break;
    case "rerun":
      rerun(draft, wish);
      break;
    case "force":
      force(draft, wish.nodeId);
      break;
    default:
      assertNever(wish);
  }
}

const tasksOf = (draft: Draft, ids: readonly TaskId[]): readonly DagTask[] =>
  ids.flatMap((id) => draft.state.tasks.get(id) ?? []);

function openTasks(draft: Draft, scope: Scope): readonly DagTask[] {
  const inScope = {
    run: () => [...draft.state.tasks.values()],
    node: () => [...draft.state.tasks.values()].filter((task) => scope.kind === "node" && task.nodeId === scope.nodeId),
    tasks: () => (scope.kind === "tasks" ? tasksOf(draft, scope.taskIds) : []),
  }[scope.kind]();
  return inScope.filter(({ state }) => !isTerminalTask(state));
}

const makeReady = (draft: Draft, task: DagTask): void =>
  changeTask(draft, task, { ...task, state: "ready", reason: null });

/** Nothing of it starts any more; what runs goes on. */
function hold(draft: Draft, scope: Scope, reason: string | null): void {
  const { state, generation } = draft.state.run;
  if (scope.kind === "run") {
    if (state === "running") draft.run = { state: "held", reason, completeness: null, generation, cause: null };
    return;
  }
  if (scope.kind === "node" && !nodeOf(draft, scope.nodeId).held) changeNode(draft, scope.nodeId, { held: true });
  for (const task of openTasks(draft, scope))
    if (task.state === "ready" || task.state === "waiting") changeTask(draft, task, { state: "held", reason });
}

function release(draft: Draft, scope: Scope): void {
  const { state, generation } = draft.state.run;
  if (scope.kind === "run") {
    if (state !== "held") return;
    draft.run = { state: "running", reason: null, completeness: null, generation, cause: null };
    settle(draft, draft.state.nodes.keys());
    return;
  }
  if (scope.kind === "node" && nodeOf(draft, scope.nodeId).held) changeNode(draft, scope.nodeId, { held: false });
  for (const task of openTasks(draft, scope))
    if (task.state === "held") changeTask(draft, task, { state: stateOfFree(draft, task) });
}

function endTasks(
  draft: Draft,
  ids: readonly TaskId[],
  { state, reason }: { readonly state: "skipped" | "expired"; readonly reason: string | undefined },
): void {
  const touched = new Set<NodeId>();
  for (const task of tasksOf(draft, ids)) {
    if (isTerminalTask(task.state)) continue;
    changeTask(draft, task, { state, reason: reason ?? byOperator });
    changeNode(draft, task.nodeId, { tasksLeft: nodeOf(draft, task.nodeId).tasksLeft - 1 });
    touched.add(task.nodeId);
  }
  settle(draft, touched);
}

function setOutputs(draft: Draft, id: TaskId): void {
  const task = draft.state.tasks.get(id);
  if (task === undefined || isTerminalTask(task.state)) return;
  changeTask(draft, task, { state: "completed", reason: "its outputs were set by an operator" });
  changeNode(draft, task.nodeId, { tasksLeft: nodeOf(draft, task.nodeId).tasksLeft - 1 });
  settle(draft, [task.nodeId, ...(draft.state.graph.byId.get(task.nodeId)?.consumers ?? [])]);
}

/** Goes up a generation, so that attempts under way no longer speak for the tasks. */
function rerun(draft: Draft, wish: Extract<Wish, { kind: "rerun" }>): void {
  const tasks = tasksOf(draft, wish.taskIds);
  if (tasks.length === 0) return;
  const { state, generation: before } = draft.state.run;
  const generation = before + 1;
  if (isTerminalRun(state)) reopen(draft);
  else draft.run = { state, reason: null, completeness: null, generation, cause: null };
  for (const task of tasks) {
    if (draft.superseded.has(task.id)) continue;
    const current = draft.tasks.get(task.id)?.state ?? task.state;
    const { tasksLeft, tasksFailed } = nodeOf(draft, task.nodeId);
    const hasFailed = current === "failed" || current === "crashed";
    changeTask(draft, task, { state: stateOfNew(draft, task), generation, failures: 0 });
    changeNode(draft, task.nodeId, {
      state: "running",
      tasksLeft: isTerminalTask(current) ? tasksLeft + 1 : tasksLeft,
      tasksFailed: hasFailed ? Math.max(0, tasksFailed - 1) : tasksFailed,
    });
  }
  if (wish.downstream) resetDownstream(draft, new Set(tasks.map((task) => task.nodeId)));
  if (isTerminalRun(state)) settle(draft, draft.state.nodes.keys());
}

function force(draft: Draft, id: NodeId): void {
  const { state } = nodeOf(draft, id);
  if (state === "waiting") {
    draft.forced.add(id);
    settle(draft, [id]);
    return;
  }
  // What waits as a row waits for the world: it is skipped, or its outputs are set.
  for (const task of openTasks(draft, { kind: "node", nodeId: id }))
    if (task.state === "held" || (task.state === "waiting" && stateOfFree(draft, task) === "ready"))
      changeTask(draft, task, { state: stateOfFree(draft, task) });
}
