import type {
  Changes,
  DagArtifact,
  DagNode,
  DagState,
  DagTask,
  NewTask,
  NodeChange,
  RunChange,
  TaskChange,
} from "@/lib/dag/dag-state";
import type { GraphNode } from "@/lib/dag/graph";
import type { NodeId, TaskId } from "@/lib/ids";

/** Changes under way: a decision reads what the state would be and notes what differs from it. */
export type Draft = {
  readonly state: DagState;
  readonly nodes: Map<NodeId, DagNode>;
  readonly reasons: Map<NodeId, string>;
  readonly tasks: Map<TaskId, TaskChange>;
  readonly newTasks: NewTask[];
  readonly superseded: Set<TaskId>;
  /** Nodes that are launched with what is there. */
  readonly forced: Set<NodeId>;
  run: RunChange | null;
  cancelOpenTasks: boolean;
  /** By node, made when it is first needed. */
  artifacts: ReadonlyMap<NodeId, readonly DagArtifact[]> | null;
};

export function startDraft(state: DagState): Draft {
  return {
    state,
    nodes: new Map(),
    reasons: new Map(),
    tasks: new Map(),
    newTasks: [],
    superseded: new Set(),
    forced: new Set(),
    run: null,
    cancelOpenTasks: false,
    artifacts: null,
  };
}

/** Why a task ended that an operator skipped or let expire. */
export const byOperator = "by an operator";

const absent: DagNode = {
  ...{ state: "waiting", tasksTotal: 0, tasksLeft: 0, tasksFailed: 0 },
  ...{ partial: false, held: false },
};

export const nodeOf = (draft: Draft, id: NodeId): DagNode => draft.nodes.get(id) ?? draft.state.nodes.get(id) ?? absent;

export function changeNode(draft: Draft, id: NodeId, change: Partial<DagNode>): void {
  draft.nodes.set(id, { ...nodeOf(draft, id), ...change });
}

/** Notes a change of a task; what is not given stays as it was. */
export function changeTask(draft: Draft, task: DagTask, change: Partial<TaskChange> & Pick<TaskChange, "state">): void {
  const { id, failures, generation } = task;
  draft.tasks.set(id, { id, failures, generation, reason: null, waitSeconds: 0, ...change });
}

/** Committed artifacts of a node, in order; without those that will be made again. */
export function artifactsOf(draft: Draft, id: NodeId): readonly DagArtifact[] {
  const own = draft.state.artifactsOf?.(id) ?? groupedArtifacts(draft).get(id) ?? [];
  if (draft.superseded.size === 0 && draft.tasks.size === 0) return own;
  return own.filter(({ taskId }) => !isStale(draft, taskId));
}

function groupedArtifacts(draft: Draft): ReadonlyMap<NodeId, readonly DagArtifact[]> {
  draft.artifacts ??= groupByNode(draft.state.artifacts);
  return draft.artifacts;
}

function isStale(draft: Draft, id: TaskId): boolean {
  if (draft.superseded.has(id)) return true;
  const [before, after] = [draft.state.tasks.get(id), draft.tasks.get(id)];
  return before?.state === "completed" && after !== undefined && after.generation > before.generation;
}

function groupByNode(artifacts: readonly DagArtifact[]): ReadonlyMap<NodeId, readonly DagArtifact[]> {
  const grouped = new Map<NodeId, DagArtifact[]>();
  for (const artifact of artifacts) {
    const own = grouped.get(artifact.nodeId);
    if (own) own.push(artifact);
    else grouped.set(artifact.nodeId, [artifact]);
  }
  return grouped;
}

/** A node after which its consumers may go on, or be skipped. One that failed counts when that did not end the run. */
export function isDone(draft: Draft, id: NodeId): boolean {
  const { state } = nodeOf(draft, id);
  if (state === "failed") return draft.state.graph.byId.get(id)?.toleratesFailure ?? false;
  return state === "completed" || state === "partial" || state === "skipped" || state === "filtered";
}

const countUpstreamLeft = (draft: Draft, node: GraphNode): number =>
  node.upstream.filter((id) => !isDone(draft, id)).length;

export function finishDraft(draft: Draft): Changes {
  const { run, newTasks, cancelOpenTasks } = draft;
  const tasks = [...draft.tasks.values()];
  return { run, tasks, newTasks, cancelOpenTasks, supersededTasks: [...draft.superseded], nodes: changedNodes(draft) };
}

/** Nodes whose own row changes: those that the decision touched, and consumers of those that are done now or no longer. */
function changedNodes(draft: Draft): readonly NodeChange[] {
  const touched = new Set(draft.nodes.keys());
  const before: Draft = { ...draft, nodes: new Map() };
  for (const id of draft.nodes.keys()) {
    if (isDone(draft, id) === isDone(before, id)) continue;
    for (const consumer of draft.state.graph.byId.get(id)?.consumers ?? []) touched.add(consumer);
  }
  return [...touched]
    .flatMap((id) => draft.state.graph.byId.get(id) ?? [])
    .sort((one, other) => one.position - other.position)
    .map((node) => ({
      id: node.id,
      ...nodeOf(draft, node.id),
      upstreamLeft: countUpstreamLeft(draft, node),
      reason: draft.reasons.get(node.id) ?? null,
      stateChanged: nodeOf(draft, node.id).state !== draft.state.nodes.get(node.id)?.state,
    }));
}
