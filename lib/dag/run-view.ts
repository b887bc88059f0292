import type { FailureClass } from "@/lib/dag/failure-class";
import type { ReuseDecision } from "@/lib/dag/reuse";
import type { AttemptState, Completeness, NodeState, RunState, TaskState } from "@/lib/dag/state";
import type { ArtifactId, AttemptId, NodeId, PipelineId, RunId, TaskId } from "@/lib/ids";
import type { LocalText, NodeDefinition } from "@/lib/pipeline/definition";

/** Validated run input: plain JSON, the shape of the pipeline's own schema. */
export type RunInput = Readonly<Record<string, unknown>>;

/** A run in a list. Times are ISO 8601 UTC. */
export type RunSummary = {
  readonly id: RunId;
  readonly pipelineId: PipelineId;
  readonly cycle: string | null;
  readonly state: RunState;
  readonly completeness: Completeness | null;
  readonly reason: string | null;
  readonly requestedBy: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly tasksTotal: number;
  readonly tasksDone: number;
  /** When it will probably be done; null once it has ended. */
  readonly forecast: RunForecast | null;
};

/** The expected end of a live run. Times are ISO 8601 UTC. */
export type RunForecast = {
  /** Null when nothing is known of how long its remaining nodes take. */
  readonly expectedEndAt: string | null;
  /** Null when its pipeline has no deadline. */
  readonly deadlineAt: string | null;
  /** It will pass its deadline, or has. */
  readonly isLate: boolean;
  /** The remaining nodes that decide the end, in their order, and those of which no duration is known. */
  readonly criticalPath: readonly NodeId[];
  readonly unknown: readonly NodeId[];
};

export type AttemptView = {
  readonly id: AttemptId;
  readonly number: number;
  readonly state: AttemptState;
  readonly site: string;
  readonly jobId: string | null;
  readonly submittedAt: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly maxRssBytes: number | null;
  /** Why it did not do its work: its class, one sentence, and what was said word for word. */
  readonly failure: { readonly class: FailureClass; readonly reason: string; readonly detail: string | null } | null;
};

export type TaskView = {
  readonly id: TaskId;
  readonly nodeId: NodeId;
  readonly key: string;
  readonly state: TaskState;
  readonly reason: string | null;
  /** Files that it has read and that changed after they were committed, `node/path`: what it made may be wrong. */
  readonly changedInputs: readonly string[];
  /** Why its work was taken over, or done, where its node is cached. */
  readonly reuse: ReuseDecision | null;
  readonly readyAt: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly attempts: readonly AttemptView[];
};

export type NodeView = {
  readonly id: NodeId;
  readonly kind: NodeDefinition["kind"];
  /** What a gate asks of a person; null for the other kinds. */
  readonly asks: LocalText | null;
  readonly state: NodeState;
  readonly reason: string | null;
  readonly tasksTotal: number;
  readonly tasksDone: number;
};

export type EdgeView = { readonly from: NodeId; readonly to: NodeId; readonly streaming: boolean };

export type ArtifactView = {
  readonly id: ArtifactId;
  readonly nodeId: NodeId;
  readonly taskId: TaskId;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly committedAt: string;
  /** When its bytes were found to differ from what was committed. */
  readonly taintedAt: string | null;
  /** When its file was removed, since nobody needed it any more. */
  readonly collectedAt: string | null;
};

/** The other run of which an input takes artifacts; a substitute is of an earlier cycle than wanted. */
export type SourceView = {
  readonly nodeId: NodeId;
  readonly input: string;
  readonly runId: RunId;
  readonly pipelineId: PipelineId;
  readonly cycle: string | null;
  readonly isSubstitute: boolean;
};

/** Everything that the run page and `nereus show` need, in one read. `lastEventId` is where to follow from. */
export type RunView = RunSummary & {
  readonly versionHash: string;
  readonly input: RunInput;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  readonly tasks: readonly TaskView[];
  readonly artifacts: readonly ArtifactView[];
  /** Inputs that take artifacts of other runs. */
  readonly sources: readonly SourceView[];
  readonly lastEventId: number;
};

/** One row of the event table as it is sent to followers. */
export type EventView = {
  readonly id: number;
  readonly runId: RunId;
  readonly at: string;
  readonly kind: EventKind;
  readonly nodeId: NodeId | null;
  readonly taskId: TaskId | null;
  readonly data: Readonly<Record<string, unknown>>;
};

export const eventKinds = [
  "run-state", // data: { state, reason?, completeness? }
  "node-state", // data: { state, reason? }
  "task-state", // data: { state, reason?, key, attempt? }
  "node-progress", // data: { tasksTotal } or { tasks } or { artifacts }: more than 50 at once, not told one by one
  "artifact-committed", // data: { artifactId, path, sizeBytes }
  "artifact-tainted", // data: { artifactId, path, wanted, got }: it changed after it was committed
  "step-published", // data: { productId, index, validAtUtc }: a time step can be seen on the map
  "product-completed", // data: { productId }
] as const;
export type EventKind = (typeof eventKinds)[number];
