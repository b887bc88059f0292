/**
 * The only spellings of the states of runs, nodes, tasks and attempts, database and screens included.
 * A state says where the work is; lateness, staleness and degradation are labels beside it.
 */

export const runStates = ["pending", "running", "held", "completed", "failed", "crashed", "cancelled"] as const;
export const nodeStates = [
  "waiting",
  "running",
  "completed",
  "partial",
  "failed",
  "crashed",
  "cancelled",
  "skipped",
  "filtered",
] as const;
export const taskStates = [
  "waiting",
  "ready",
  "held",
  "staging",
  "submitted",
  "running",
  "completed",
  "failed",
  "crashed",
  "cancelled",
  "skipped",
  "filtered",
  "expired",
] as const;
export const attemptStates = ["staging", "submitted", "running", "ended", "interrupted", "lost", "fenced"] as const;
export const completenesses = ["complete", "partial"] as const;

export type RunState = (typeof runStates)[number];
export type NodeState = (typeof nodeStates)[number];
export type TaskState = (typeof taskStates)[number];
export type AttemptState = (typeof attemptStates)[number];
export type Completeness = (typeof completenesses)[number];

const terminalRunStates: ReadonlySet<RunState> = new Set(["completed", "failed", "crashed", "cancelled"]);
const liveNodeStates: ReadonlySet<NodeState> = new Set(["waiting", "running"]);
const terminalTaskStates: ReadonlySet<TaskState> = new Set([
  "completed",
  "failed",
  "crashed",
  "cancelled",
  "skipped",
  "filtered",
  "expired",
]);
const liveAttemptStates: ReadonlySet<AttemptState> = new Set(["staging", "submitted", "running"]);

/** True when no event can change the run any more. */
export const isTerminalRun = (state: RunState): boolean => terminalRunStates.has(state);

/** True when every task of the node has ended and no further task can appear. */
export const isTerminalNode = (state: NodeState): boolean => !liveNodeStates.has(state);

/** True when the task will never run again unless an operator reruns it. */
export const isTerminalTask = (state: TaskState): boolean => terminalTaskStates.has(state);

/** True while the attempt may still be working on a site. */
export const isLiveAttempt = (state: AttemptState): boolean => liveAttemptStates.has(state);
