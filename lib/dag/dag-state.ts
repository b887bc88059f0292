import type { Graph } from "@/lib/dag/graph";
import type { Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";
import type { ArtifactId, NodeId, RunId, TaskId } from "@/lib/ids";

/** What a decision about a run looks at. Only the parts that the event can touch need to be there. */
export type DagState = {
  readonly graph: Graph;
  readonly limits: { readonly fan: number; readonly searchDepth: number };
  readonly run: { readonly id: RunId; readonly state: RunState; readonly generation: number };
  readonly nodes: ReadonlyMap<NodeId, DagNode>;
  readonly tasks: ReadonlyMap<TaskId, DagTask>;
  readonly artifacts: readonly DagArtifact[];
  readonly expiredEdges: ReadonlySet<string>;
  readonly external: ReadonlyMap<string, readonly DagArtifact[]>;
};

export const dagLimits = { fan: 10_000, searchDepth: 50 } as const;

export type DagNode = {
  readonly state: NodeState;
  readonly tasksTotal: number;
  readonly tasksLeft: number;
  readonly tasksFailed: number;
};

export type DagTask = {
  readonly id: TaskId;
  readonly nodeId: NodeId;
  readonly key: string;
  readonly position: number;
  readonly state: TaskState;
  /** Attempts that counted. */
  readonly failures: number;
  readonly generation: number;
  readonly inputArtifactId: ArtifactId | null;
  readonly originId: ArtifactId | null;
};

export type DagArtifact = {
  readonly id: ArtifactId;
  readonly nodeId: NodeId;
  /** Below the `out/` of its task. */
  readonly path: string;
  /** Names it among all artifacts of its node. */
  readonly key: string;
  readonly taskId: TaskId;
  readonly originId: ArtifactId | null;
  readonly sizeBytes: number | null;
  readonly mimeType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** What happened. Those about a task speak of `DagState.task`. */
export type DagEvent =
  | { readonly kind: "start" }
  /** Files that the running task has finished writing. */
  | { readonly kind: "artifacts"; readonly taskId: TaskId; readonly artifacts: readonly DagArtifact[] }
  /** The task ended well; `artifacts` are those not told before. */
  | { readonly kind: "completed"; readonly taskId: TaskId; readonly artifacts: readonly DagArtifact[] }
  | { readonly kind: "failed"; readonly taskId: TaskId; readonly reason: string }
  /** The infrastructure failed, not the work. */
  | { readonly kind: "crashed"; readonly taskId: TaskId; readonly reason: string }
  /** An orderly stop ended the attempt; it does not count. */
  | { readonly kind: "interrupted"; readonly taskId: TaskId }
  | { readonly kind: "cancel"; readonly reason: string }
  /** Launches whatever the stored state makes ready. */
  | { readonly kind: "reconcile" };

/** What must be written. New tasks come first, then `cancelOpenTasks`, which may end them at once. */
export type Changes = {
  readonly run: RunChange | null;
  readonly nodes: readonly NodeChange[];
  readonly tasks: readonly TaskChange[];
  readonly newTasks: readonly NewTask[];
  /** Every task of the run that has not ended, but the one in `task`, is cancelled. */
  readonly cancelOpenTasks: boolean;
  readonly supersededTasks: readonly TaskId[];
};

export type RunChange = {
  readonly state: RunState;
  readonly reason: string | null;
  readonly completeness: Completeness | null;
  readonly generation?: number;
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
  readonly generation: number;
  readonly waitSeconds: number;
  readonly priority?: number;
  readonly reason: string | null;
};

/** A task to be made, ready to start. */
export type NewTask = {
  readonly nodeId: NodeId;
  /** Empty for a root or an aggregate. */
  readonly key: string;
  readonly position: number;
  readonly inputArtifactId: ArtifactId | null;
  readonly originId: ArtifactId | null;
  readonly state: "ready" | "held" | "waiting";
};

export const noChanges: Changes = {
  run: null,
  nodes: [],
  tasks: [],
  newTasks: [],
  cancelOpenTasks: false,
  supersededTasks: [],
};

/** True when nothing has to be written. */
export const isNoChange = (changes: Changes): boolean =>
  changes.run === null &&
  changes.nodes.length === 0 &&
  changes.tasks.length === 0 &&
  changes.newTasks.length === 0 &&
  !changes.cancelOpenTasks;
