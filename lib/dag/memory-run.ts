import {
  type Changes,
  type DagArtifact,
  type DagEvent,
  type DagNode,
  type DagState,
  type DagTask,
  dagLimits,
  isNoChange,
  type NewTask,
} from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import type { Graph } from "@/lib/dag/graph";
import { isTerminalTask, type RunState } from "@/lib/dag/state";
import { asId, type NodeId, type RunId, type TaskId } from "@/lib/ids";

/** A run that lives in memory alone: for simulation, previews and tests. */
export type MemoryRun = {
  /** As the planner sees it now. */
  state(): DagState;
  /**
   * Decides about an event and takes the decision in, as the store does with rows: a path that a task has committed before
   * is not committed again.
   */
  send(event: DagEvent): Changes;
  /** Takes every ready task of a run that goes on, as workers do; they are `running` then. */
  claim(): readonly DagTask[];
};

export function startMemoryRun(
  graph: Graph,
  options: Partial<Pick<DagState, "limits" | "holds" | "expiredEdges" | "external">> = {},
): MemoryRun {
  const nodes = new Map<NodeId, DagNode>(graph.nodes.map(({ id }) => [id, untouched]));
  const tasks = new Map<TaskId, DagTask>();
  const artifacts = new ArtifactShelf(graph, tasks);
  let run: DagState["run"] = { id: asId<RunId>("memory"), state: "pending", generation: 1 };

  const state = (): DagState => ({
    ...{ graph, limits: options.limits ?? dagLimits, run, nodes, tasks, holds: options.holds },
    ...{ expiredEdges: options.expiredEdges ?? new Set(), external: options.external ?? new Map() },
    // Most decisions look at few nodes: the whole is put together only when it is asked for.
    get artifacts() {
      return artifacts.inOrder();
    },
    artifactsOf: (id) => artifacts.of(id),
  });
  const take = (changes: Changes): void => {
    for (const id of changes.supersededTasks) {
      tasks.delete(id);
      artifacts.drop(id);
    }
    for (const { id, state: next, failures, generation } of changes.tasks) {
      const task = tasks.get(id);
      if (task?.state === "completed" && generation > task.generation) artifacts.drop(id);
      if (task) tasks.set(id, { ...task, state: next, failures, generation });
    }
    const generation = changes.run?.generation ?? run.generation;
    for (const { state: first, ...made } of changes.newTasks) {
      const id = memoryTaskId(made, generation);
      tasks.set(id, { ...made, id, state: first, failures: 0, generation });
    }
    if (changes.cancelOpenTasks) {
      for (const task of tasks.values())
        if (!isTerminalTask(task.state)) tasks.set(task.id, { ...task, state: "cancelled" });
    }
    for (const { id, state: next, tasksTotal, tasksLeft, tasksFailed, partial, held } of changes.nodes)
      nodes.set(id, { state: next, tasksTotal, tasksLeft, tasksFailed, partial, held });
    if (changes.run !== null) run = { ...run, state: changes.run.state, generation: changes.run.generation };
  };
  return {
    state,
    send: (event) => {
      const isTold = "artifacts" in event && isLive(run.state, tasks.get(event.taskId));
      const fresh = isTold ? event.artifacts.filter((artifact) => !artifacts.has(artifact)) : [];
      const added = fresh.map((artifact) => artifacts.named(artifact));
      artifacts.add(added);
      const changes = decide(state(), isTold ? { ...event, artifacts: added } : event);
      if (isNoChange(changes) && event.kind !== "artifacts") artifacts.remove(added);
      take(changes);
      return changes;
    },
    claim: () => {
      const ready = run.state === "running" ? [...tasks.values()].filter((task) => task.state === "ready") : [];
      for (const task of ready) tasks.set(task.id, { ...task, state: "running" });
      return ready;
    },
  };
}

/** The id of a task that a decision makes. */
export const memoryTaskId = ({ nodeId, position }: Pick<NewTask, "nodeId" | "position">, generation: number): TaskId =>
  asId<TaskId>(`${nodeId}.${position}${generation > 1 ? `.g${generation}` : ""}`);

const untouched: DagNode = {
  ...{ state: "waiting", tasksTotal: 0, tasksLeft: 0, tasksFailed: 0 },
  ...{ partial: false, held: false },
};

const isLive = (run: RunState, task: DagTask | undefined): boolean =>
  (run === "running" || run === "held") && task !== undefined && !isTerminalTask(task.state);

/** Artifacts by node, position of their task and place in its output; put in order again only where something changed. */
class ArtifactShelf {
  readonly #byTask = new Map<TaskId, readonly DagArtifact[]>();
  readonly #tasksOf = new Map<NodeId, Set<TaskId>>();
  readonly #ordered = new Map<NodeId, readonly DagArtifact[]>();
  /** Ids of what reruns are about to make again, by task and path: a path keeps its id. */
  readonly #formerIds = new Map<string, DagArtifact["id"]>();
  readonly #graph: Graph;
  readonly #tasks: ReadonlyMap<TaskId, DagTask>;

  constructor(graph: Graph, tasks: ReadonlyMap<TaskId, DagTask>) {
    this.#graph = graph;
    this.#tasks = tasks;
  }

  add(artifacts: readonly DagArtifact[]): void {
    for (const artifact of artifacts) {
      const { nodeId, taskId } = artifact;
      this.#byTask.set(taskId, [...(this.#byTask.get(taskId) ?? []), artifact]);
      this.#tasksOf.set(nodeId, (this.#tasksOf.get(nodeId) ?? new Set()).add(taskId));
      this.#ordered.delete(nodeId);
    }
  }

  has({ taskId, path }: DagArtifact): boolean {
    return (this.#byTask.get(taskId) ?? []).some((known) => known.path === path);
  }

  remove(artifacts: readonly DagArtifact[]): void {
    for (const gone of artifacts) {
      const left = (this.#byTask.get(gone.taskId) ?? []).filter((artifact) => artifact !== gone);
      this.#byTask.set(gone.taskId, left);
      this.#ordered.delete(gone.nodeId);
    }
  }

  named(artifact: DagArtifact): DagArtifact {
    const id = this.#formerIds.get(`${artifact.taskId}/${artifact.path}`);
    return id === undefined ? artifact : { ...artifact, id };
  }

  drop(taskId: TaskId): void {
    for (const { id, nodeId, path } of this.#byTask.get(taskId) ?? []) {
      this.#formerIds.set(`${taskId}/${path}`, id);
      this.#ordered.delete(nodeId);
    }
    this.#byTask.delete(taskId);
  }

  of(id: NodeId): readonly DagArtifact[] {
    const known = this.#ordered.get(id);
    if (known) return known;
    const positionOf = (taskId: TaskId) => this.#tasks.get(taskId)?.position ?? 0;
    const tasks = [...(this.#tasksOf.get(id) ?? [])].sort((one, other) => positionOf(one) - positionOf(other));
    const ordered = tasks.flatMap((taskId) => this.#byTask.get(taskId) ?? []);
    this.#ordered.set(id, ordered);
    return ordered;
  }

  inOrder(): readonly DagArtifact[] {
    return this.#graph.nodes.flatMap(({ id }) => this.of(id));
  }
}
