import type { Changes, DagNode, DagState, NewTask, NodeChange, RunChange, TaskChange } from "@/lib/dag/dag-state";
import type { GraphNode } from "@/lib/dag/graph";
import type { NodeId } from "@/lib/ids";

/** Changes under way: a decision reads what the state would be and notes what differs from it. */
export type Draft = {
  readonly state: DagState;
  readonly nodes: Map<NodeId, DagNode>;
  readonly reasons: Map<NodeId, string>;
  readonly newTasks: NewTask[];
  readonly tasks: TaskChange[];
  run: RunChange | null;
  cancelOpenTasks: boolean;
};

export function startDraft(state: DagState): Draft {
  return {
    state,
    nodes: new Map(),
    reasons: new Map(),
    newTasks: [],
    run: null,
    tasks: [],
    cancelOpenTasks: false,
  };
}

const absent: DagNode = { state: "waiting", tasksTotal: 0, tasksLeft: 0, tasksFailed: 0 };

export const nodeOf = (draft: Draft, id: NodeId): DagNode => draft.nodes.get(id) ?? draft.state.nodes.get(id) ?? absent;

export function changeNode(draft: Draft, id: NodeId, change: Partial<DagNode>): void {
  draft.nodes.set(id, { ...nodeOf(draft, id), ...change });
}

/** A node after which its consumers may go on. */
export const isDone = (draft: Draft, id: NodeId): boolean => doneStates.has(nodeOf(draft, id).state);

const doneStates: ReadonlySet<DagNode["state"]> = new Set(["completed", "partial", "skipped", "filtered"]);

const countUpstreamLeft = (draft: Draft, node: GraphNode): number =>
  node.upstream.filter((id) => !isDone(draft, id)).length;

export function finishDraft(draft: Draft): Changes {
  const { run, tasks, newTasks, cancelOpenTasks } = draft;
  return { run, tasks, newTasks, cancelOpenTasks, supersededTasks: [], nodes: changedNodes(draft) };
}

/** Nodes whose own row changes: those that the decision touched, and consumers of those that became done. */
function changedNodes(draft: Draft): readonly NodeChange[] {
  const touched = new Set(draft.nodes.keys());
  for (const id of draft.nodes.keys()) {
    const node = draft.state.graph.byId.get(id);
    if (node && isDone(draft, id)) for (const consumer of node.consumers) touched.add(consumer);
  }
  return draft.state.graph.nodes
    .filter((node) => touched.has(node.id))
    .map((node) => ({
      id: node.id,
      ...nodeOf(draft, node.id),
      upstreamLeft: countUpstreamLeft(draft, node),
      reason: draft.reasons.get(node.id) ?? null,
      stateChanged: nodeOf(draft, node.id).state !== draft.state.nodes.get(node.id)?.state,
    }));
}
