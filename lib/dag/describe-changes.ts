import type { Changes, DagState, DagTask, TaskChange } from "@/lib/dag/dag-state";
import { isTerminalTask, type NodeState, type RunState, type TaskState } from "@/lib/dag/state";
import type { NodeId } from "@/lib/ids";

/** What becomes of tasks: done again, newly made, put aside for others (`replace`), and what operators do to them. */
export const taskEffectKinds = [
  "again",
  "make",
  "replace",
  "hold",
  "release",
  "skip",
  "expire",
  "complete",
  "cancel",
  "priority",
] as const;
export type TaskEffectKind = (typeof taskEffectKinds)[number];

/** Tasks of one node of which the same becomes. */
export type TaskEffect = {
  readonly kind: TaskEffectKind;
  readonly nodeId: NodeId;
  readonly count: number;
  /** Of these, tasks that a site has now: their jobs are stopped. */
  readonly jobs: number;
  /** Keys of the first of them; a lone task has none. */
  readonly names: readonly string[];
};

export type NodeEffect = {
  readonly id: NodeId;
  readonly from: NodeState;
  readonly to: NodeState;
  /** It becomes held, or is no longer; null when nothing changes in this. */
  readonly held: boolean | null;
};

/** A decision in the words of a person: what would become, or has become, of a run. */
export type ChangeSummary = {
  readonly run: { readonly from: RunState; readonly to: RunState } | null;
  /** By position. */
  readonly nodes: readonly NodeEffect[];
  /** By position of the node, then by kind. */
  readonly tasks: readonly TaskEffect[];
  readonly tasksTotal: number;
  readonly jobsStopped: number;
};

const mostNames = 10;
const atSite: ReadonlySet<TaskState> = new Set(["staging", "submitted", "running"]);

/**
 * Counts and names what a decision changes; the preview of an operator's act and the record of it.
 * @param state  what was decided about; tasks that were not loaded are counted by their nodes and have no names
 */
export function describeChanges(state: DagState, changes: Changes): ChangeSummary {
  const found = new Map<string, Tally>();
  const note = (kind: TaskEffectKind, nodeId: NodeId, task: Pick<DagTask, "key"> & { readonly stops: boolean }) => {
    const tally = found.get(`${nodeId}/${kind}`) ?? { kind, nodeId, count: 0, jobs: 0, names: [] };
    found.set(`${nodeId}/${kind}`, tally);
    tally.count += 1;
    if (task.stops) tally.jobs += 1;
    if (task.key !== "" && tally.names.length < mostNames) tally.names.push(task.key);
  };
  for (const id of changes.supersededTasks) {
    const task = state.tasks.get(id);
    if (task) note("replace", task.nodeId, { key: task.key, stops: atSite.has(task.state) });
  }
  for (const change of changes.tasks) {
    const task = state.tasks.get(change.id);
    const kind = task && kindOf(task, change);
    if (task && kind) note(kind, task.nodeId, { key: task.key, stops: stops(task, change) });
  }
  for (const { nodeId, key } of changes.newTasks) note("make", nodeId, { key, stops: false });
  if (changes.cancelOpenTasks)
    for (const tally of cancelled(state, changes)) found.set(`${tally.nodeId}/cancel`, tally);

  const placeOf = ({ nodeId }: TaskEffect) => state.graph.byId.get(nodeId)?.position ?? 0;
  const tasks = [...found.values()].sort((one, other) => placeOf(one) - placeOf(other));
  const sum = (of: (effect: TaskEffect) => number) => tasks.reduce((total, effect) => total + of(effect), 0);
  return {
    run: changes.run && changes.run.state !== state.run.state ? { from: state.run.state, to: changes.run.state } : null,
    nodes: changes.nodes.flatMap((node) => nodeEffect(state, node)),
    tasks,
    tasksTotal: sum(({ count }) => count),
    jobsStopped: sum(({ jobs }) => jobs),
  };
}

type Tally = TaskEffect & { count: number; jobs: number; names: string[] };

function kindOf(task: DagTask, change: TaskChange): TaskEffectKind | null {
  if (change.generation > task.generation) return "again";
  if (change.state === task.state) return change.priority === undefined ? null : "priority";
  const kinds: Partial<Record<TaskState, TaskEffectKind>> = {
    ...{ ready: "release", held: "hold", skipped: "skip", expired: "expire", completed: "complete" },
    cancelled: "cancel",
  };
  return kinds[change.state] ?? null;
}

const stops = (task: DagTask, change: TaskChange): boolean =>
  atSite.has(task.state) && (change.generation > task.generation || isTerminalTask(change.state));

/** What the end of the run cancels: by node, since a decision that ends a run need not look at its tasks. */
function cancelled(state: DagState, changes: Changes): readonly Tally[] {
  const changed = new Set(changes.tasks.map(({ id }) => id));
  const open = [...state.tasks.values()].filter((task) => !isTerminalTask(task.state) && !changed.has(task.id));
  return state.graph.nodes.flatMap(({ id }): readonly Tally[] => {
    const own = open.filter(({ nodeId }) => nodeId === id);
    const left = state.nodes.get(id)?.tasksLeft ?? 0;
    const count = own.length > 0 ? own.length : state.tasks.size === 0 ? left : 0;
    if (count === 0) return [];
    const names = own.map(({ key }) => key).filter((key) => key !== "");
    const jobs = own.filter((task) => atSite.has(task.state)).length;
    return [{ kind: "cancel", nodeId: id, count, jobs, names: names.slice(0, mostNames) }];
  });
}

function nodeEffect(state: DagState, node: Changes["nodes"][number]): readonly NodeEffect[] {
  const before = state.nodes.get(node.id);
  const held = before !== undefined && before.held !== node.held ? node.held : null;
  if (!node.stateChanged && held === null) return [];
  return [{ id: node.id, from: before?.state ?? "waiting", to: node.state, held }];
}
