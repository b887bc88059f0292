import type { Graph } from "@/lib/dag/graph";
import type { Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";
import type { ArtifactId, NodeId, RunId, TaskId } from "@/lib/ids";

/** What a decision about a run looks at. Only the parts that the event can touch need to be there. */
export type DagState = {
  readonly graph: Graph;
  readonly fanLimit: number;
  readonly run: { readonly id: RunId; readonly state: RunState };
  readonly nodes: ReadonlyMap<NodeId, DagNode>;
  /** The task that the event is about. */
  readonly task: DagTask | null;
  /**
   * Committed artifacts of the run, those of the event included, by node, then position of their task, then place in
   * its output. May be empty when `mayLaunch` says that the event launches nothing.
   */
  readonly artifacts: readonly DagArtifact[];
  /** Keys of the tasks that streaming nodes already have; needed whenever `artifacts` are. */
  readonly taskKeys: ReadonlyMap<NodeId, ReadonlySet<string>>;
};

export type DagNode = { readonly state: NodeState; readonly tasksTotal: number; readonly tasksLeft: number };

export type DagTask = {
  readonly id: TaskId;
  readonly nodeId: NodeId;
  readonly state: TaskState;
  /** Attempts that counted. */
  readonly failures: number;
};

export type DagArtifact = {
  readonly id: ArtifactId;
  readonly nodeId: NodeId;
  /** Below the `out/` of its task. */
  readonly path: string;
  /** Names it among all artifacts of its node. */
  readonly key: string;
};

/** What happened. Those about a task speak of `DagState.task`. */
export type DagEvent =
  | { readonly kind: "start" }
  /** Files that the running task has finished writing. */
  | { readonly kind: "artifacts"; readonly artifacts: readonly DagArtifact[] }
  /** The task ended well; `artifacts` are those not told before. */
  | { readonly kind: "completed"; readonly artifacts: readonly DagArtifact[] }
  | { readonly kind: "failed"; readonly reason: string }
  /** The infrastructure failed, not the work. */
  | { readonly kind: "crashed"; readonly reason: string }
  /** An orderly stop ended the attempt; it does not count. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "cancel"; readonly reason: string }
  /** Launches whatever the stored state makes ready. */
  | { readonly kind: "reconcile" };

/** What must be written. New tasks come first, then `cancelOpenTasks`, which may end them at once. */
export type Changes = {
  readonly run: RunChange | null;
  readonly nodes: readonly NodeChange[];
  readonly task: TaskChange | null;
  readonly newTasks: readonly NewTask[];
  /** Every task of the run that has not ended, but the one in `task`, is cancelled. */
  readonly cancelOpenTasks: boolean;
};

export type RunChange = {
  readonly state: RunState;
  readonly reason: string | null;
  readonly completeness: Completeness | null;
};

export type NodeChange = DagNode & {
  readonly id: NodeId;
  readonly upstreamLeft: number;
  readonly reason: string | null;
  /** False when only counters changed. */
  readonly stateChanged: boolean;
};

export type TaskChange = {
  readonly id: TaskId;
  readonly state: TaskState;
  readonly failures: number;
  readonly reason: string | null;
};

/** A task to be made, ready to start. */
export type NewTask = {
  readonly nodeId: NodeId;
  /** Empty for a root or an aggregate. */
  readonly key: string;
  readonly position: number;
  readonly inputArtifactId: ArtifactId | null;
};

export const noChanges: Changes = { run: null, nodes: [], task: null, newTasks: [], cancelOpenTasks: false };

/** True when nothing has to be written. */
export const isNoChange = (changes: Changes): boolean =>
  changes.run === null &&
  changes.nodes.length === 0 &&
  changes.task === null &&
  changes.newTasks.length === 0 &&
  !changes.cancelOpenTasks;
