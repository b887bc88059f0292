import type { ClassedFailure } from "@/lib/dag/failure-class";
import type { Graph } from "@/lib/dag/graph";
import type { Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";
import type { ArtifactId, NodeId, RunId, TaskId } from "@/lib/ids";

/** What a decision about a run looks at. Only the parts that the event can touch need to be there (`needed-state.ts`). */
export type DagState = {
  readonly graph: Graph;
  readonly limits: DagLimits;
  readonly run: { readonly id: RunId; readonly state: RunState; readonly generation: number };
  readonly nodes: ReadonlyMap<NodeId, DagNode>;
  readonly tasks: ReadonlyMap<TaskId, DagTask>;
  /**
   * Committed artifacts of the run, those of the event included, by node, then position of their task, then place in
   * its output; without those of tasks that are superseded.
   */
  readonly artifacts: readonly DagArtifact[];
  /** The same by node, where whoever holds the state has them so: many decisions then need not look at all of them. */
  readonly artifactsOf?: (node: NodeId) => readonly DagArtifact[];
  /** `node/input` of edges whose deadline has passed. */
  readonly expiredEdges: ReadonlySet<string>;
  /** Artifacts that come from other runs, by `node/input`: of edges that lead there, and of fallbacks. */
  readonly external: ReadonlyMap<string, readonly DagArtifact[]>;
  /** `node/input` of those edges to other runs that take an earlier cycle than wanted. */
  readonly substitutes?: ReadonlySet<string>;
  /** Whether the `when` of a node holds over what it has collected; a node without one is not asked about. */
  readonly holds?: (node: NodeId, collected: ReadonlyMap<string, readonly DagArtifact[]>) => boolean;
};

export type DagLimits = {
  /** Tasks of one node, single and grouped. */
  readonly fan: number;
  /** Levels that are looked through for artifacts, the producer itself being the first. */
  readonly searchDepth: number;
};

/** Above the fan limit a node fails (ENGINE.md, section 1). */
export const dagLimits: DagLimits = { fan: 10_000, searchDepth: 50 };

export type DagNode = {
  readonly state: NodeState;
  readonly tasksTotal: number;
  /** Tasks that have not ended. */
  readonly tasksLeft: number;
  /** Tasks that failed for good without failing the run. */
  readonly tasksFailed: number;
  /** It works on less than all that it could have had: a quorum, a partial producer, a fallback. */
  readonly partial: boolean;
  /** An operator holds it: its tasks are made `held`. */
  readonly held: boolean;
};

export type DagTask = {
  readonly id: TaskId;
  readonly nodeId: NodeId;
  readonly key: string;
  readonly position: number;
  readonly state: TaskState;
  /** Attempts that counted. */
  readonly failures: number;
  /** Goes up when the task is done again; attempts of an older one no longer speak for it. */
  readonly generation: number;
  /** The artifact that a `single` task works on. */
  readonly inputArtifactId: ArtifactId | null;
  /** What its artifacts come from in the end; the group of a `grouped` task. */
  readonly originId: ArtifactId | null;
};

export type DagArtifact = {
  readonly id: ArtifactId;
  readonly nodeId: NodeId;
  readonly taskId: TaskId;
  /** Below the `out/` of its task. */
  readonly path: string;
  /** Names it among all artifacts of its node. */
  readonly key: string;
  /** The artifact at which its branch began; null for one that every group sees. */
  readonly originId: ArtifactId | null;
  readonly sizeBytes: number | null;
  readonly mimeType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** What an operator's wish is about. */
export type Scope =
  | { readonly kind: "run" }
  | { readonly kind: "node"; readonly nodeId: NodeId }
  | { readonly kind: "tasks"; readonly taskIds: readonly TaskId[] };

/** What happened, or what is wanted. */
export type DagEvent =
  | { readonly kind: "start" }
  /** Files that the running task has finished writing. */
  | { readonly kind: "artifacts"; readonly taskId: TaskId; readonly artifacts: readonly DagArtifact[] }
  /** The task ended well; `artifacts` are those not told before. */
  | { readonly kind: "completed"; readonly taskId: TaskId; readonly artifacts: readonly DagArtifact[] }
  | {
      readonly kind: "failed";
      readonly taskId: TaskId;
      readonly reason: string;
      readonly failure?: ClassedFailure;
    }
  /** The infrastructure failed, not the work. */
  | {
      readonly kind: "crashed";
      readonly taskId: TaskId;
      readonly reason: string;
      readonly failure?: ClassedFailure;
    }
  /** An orderly stop ended the attempt; it does not count. */
  | { readonly kind: "interrupted"; readonly taskId: TaskId }
  | { readonly kind: "cancel"; readonly reason: string }
  /** Ends the run badly although none of its tasks failed, at a deadline for instance. */
  | { readonly kind: "abort"; readonly state: "failed" | "crashed" | "cancelled"; readonly reason: string }
  /** Launches whatever the stored state makes ready. */
  | { readonly kind: "reconcile" }
  /** Waiting tasks whose time has come. */
  | { readonly kind: "due"; readonly taskIds: readonly TaskId[] }
  /** Everything of an ended run that did not succeed is tried again; what completed is kept. */
  | { readonly kind: "retry" }
  | { readonly kind: "hold"; readonly scope: Scope; readonly reason?: string }
  | { readonly kind: "release"; readonly scope: Scope }
  | { readonly kind: "priority"; readonly scope: Scope; readonly value: number }
  /** Ends tasks without their work: `skipped` and `expired` count as ended without output. */
  | { readonly kind: "skip" | "expire"; readonly taskIds: readonly TaskId[]; readonly reason?: string }
  /** The task counts as completed with these artifacts, which somebody made by hand. */
  | { readonly kind: "set-outputs"; readonly taskId: TaskId; readonly artifacts: readonly DagArtifact[] }
  /** Does tasks again; with `downstream` also everything that came of their node. */
  | { readonly kind: "rerun"; readonly taskIds: readonly TaskId[]; readonly downstream: boolean }
  /** Launches a node with what is there, whatever it still waits for. */
  | { readonly kind: "force"; readonly nodeId: NodeId };

/** What must be written. New tasks come first, then `cancelOpenTasks`, which may end them at once. */
export type Changes = {
  readonly run: RunChange | null;
  readonly nodes: readonly NodeChange[];
  readonly tasks: readonly TaskChange[];
  readonly newTasks: readonly NewTask[];
  /** A rerun puts others in their place; they are kept for the history, their artifacts are no input any more. */
  readonly supersededTasks: readonly TaskId[];
  /** Every task of the run that has not ended, but those in `tasks`, is cancelled. */
  readonly cancelOpenTasks: boolean;
};

export type RunChange = {
  readonly state: RunState;
  readonly reason: string | null;
  readonly completeness: Completeness | null;
  readonly generation: number;
  /** What ended it, when it ended badly. */
  readonly cause: RunEndCause | null;
};

export type RunEndCause = "task-failed" | "task-crashed" | "cancelled" | "aborted" | "fan-out-limit";

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
  readonly reason: string | null;
  /** A task in `waiting` becomes ready after this; 0 for the others. */
  readonly waitSeconds: number;
  /** Absent: as it was. */
  readonly priority?: number;
};

/** A task to be made. */
export type NewTask = {
  readonly nodeId: NodeId;
  /** Empty for a root or an aggregate. */
  readonly key: string;
  readonly position: number;
  readonly inputArtifactId: ArtifactId | null;
  readonly originId: ArtifactId | null;
  /** `waiting`: of a node whose tasks wait as rows. */
  readonly state: "ready" | "held" | "waiting";
};

export const noChanges: Changes = {
  ...{ run: null, nodes: [], tasks: [], newTasks: [] },
  ...{ supersededTasks: [], cancelOpenTasks: false },
};

/** True when nothing has to be written. */
export const isNoChange = (changes: Changes): boolean =>
  changes.run === null &&
  changes.nodes.length === 0 &&
  changes.tasks.length === 0 &&
  changes.newTasks.length === 0 &&
  changes.supersededTasks.length === 0 &&
  !changes.cancelOpenTasks;
