import {
  type Changes,
  type DagArtifact,
  type DagEvent,
  type DagTask,
  isNoChange,
  type RunEndCause,
} from "@/lib/dag/dag-state";
import { buildGraph, type Graph } from "@/lib/dag/graph";
import { type MemoryRun, startMemoryRun } from "@/lib/dag/memory-run";
import { seenBy } from "@/lib/dag/seen-by";
import { isTerminalRun, isTerminalTask } from "@/lib/dag/state";
import { type ArtifactId, asId, type NodeId, type PipelineId, type TaskId } from "@/lib/ids";
import { toNode, type VectorNode } from "@/test/conformance/node-words";

type GivenArtifact = {
  readonly id: string;
  readonly file_name: string;
  readonly file_size: number | null;
  readonly mime_type: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
};
type Step =
  | { readonly op: "start" | "cancel" | "retry" | "reconcile" }
  | { readonly op: "abort"; readonly status: string; readonly reason?: string }
  | { readonly op: "complete"; readonly task: string; readonly yields: readonly GivenArtifact[] }
  | { readonly op: "complete_all"; readonly node: string; readonly prefix: string }
  | { readonly op: "fail" | "crash"; readonly task: string; readonly error: string };
type Given = {
  readonly nodes: readonly VectorNode[];
  readonly passthrough: readonly string[];
  readonly script: readonly Step[];
};

/** Limits of the vectors; ours are wider by default. */
const limits = { fan: 200, searchDepth: 50 };

export function simulateRun(given: Given) {
  const script = new Script(given);
  const steps = given.script.map((step) => script.play(step));
  return { steps, final: script.final() };
}

/** Plays the words of a vector on a run in memory and tells what happened in the same words. */
class Script {
  readonly #graph: Graph;
  readonly #run: MemoryRun;
  /** Attempts by task: the vectors count them from 1. */
  readonly #attempts = new Map<TaskId, number>();
  readonly #notifications: string[] = [];
  #error: RunEndCause | null = null;

  constructor(given: Given) {
    this.#graph = buildGraph({
      ...{
        id: asId<PipelineId>("vector"),
        title: { en: "", it: "" },
        kind: "on-demand",
        input: {},
        checks: [],
        products: [],
      },
      nodes: given.nodes.map((node) => toNode(node, given.passthrough)),
    });
    this.#run = startMemoryRun(this.#graph, { limits });
  }

  play(step: Step) {
    const before = new Set(this.#run.state().tasks.keys());
    const { result, changes } = this.#act(step);
    for (const one of changes) this.#note(one);
    const launched: Record<string, { task: string; artifacts: readonly string[] | null }[]> = {};
    for (const task of this.#launchedBy(changes)) {
      const list = launched[task.nodeId] ?? [];
      list.push({ task: this.#nameOf(task), artifacts: this.#seen(task) });
      launched[task.nodeId] = list;
    }
    const marked = Object.fromEntries(
      changes
        .flatMap(({ nodes }) => nodes)
        .filter(({ reason, tasksTotal, state }) => reason !== null && tasksTotal === 0 && markers.has(state))
        .map(({ id, state }) => [id, state]),
    );
    const isCancelled = ({ id, state }: DagTask) => state === "cancelled" && before.has(id);
    const ended = changes.some(({ cancelOpenTasks }) => cancelOpenTasks);
    const told = new Set(changes.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
    const cancelled = ended
      ? [...this.#run.state().tasks.values()].filter((task) => isCancelled(task) && !told.has(task.id))
      : [];
    return {
      result,
      run: this.#run.state().run.state,
      launched,
      marked,
      cancelled: cancelled.filter((task) => this.#wasOpen.has(task.id)).map((task) => this.#nameOf(task)),
    };
  }

  /** Tasks that were not over before the step that is played. */
  #wasOpen: ReadonlySet<TaskId> = new Set();

  #act(step: Step): { readonly result: string; readonly changes: readonly Changes[] } {
    const { tasks, run } = this.#run.state();
    this.#wasOpen = new Set([...tasks.values()].filter(({ state }) => !isTerminalTask(state)).map(({ id }) => id));
    if (step.op === "abort" && !isAbort(step.status)) return { result: "error:bad-status", changes: [] };
    if (step.op === "retry" && (!isTerminalRun(run.state) || run.state === "completed"))
      return { result: "error:not-retryable", changes: [] };
    const changes = this.#eventsOf(step).map((event) => this.#run.send(event));
    return { result: changes.every(isNoChange) ? "ignored" : "ok", changes };
  }

  #eventsOf(step: Step): readonly DagEvent[] {
    switch (step.op) {
      case "cancel":
        return [{ kind: "cancel", reason: "cancelled" }];
      case "abort":
        return isAbort(step.status) ? [{ kind: "abort", state: step.status, reason: step.reason ?? "aborted" }] : [];
      case "complete":
        return this.#about(step.task, (task) => completed(task, step.yields));
      case "complete_all":
        return this.#openTasksOf(step.node).map((task, index) =>
          completed(task, [short(`${step.prefix}${index + 1}`)]),
        );
      case "fail":
        return this.#about(step.task, ({ id }) => ({ kind: "failed", taskId: id, reason: step.error }));
      case "crash":
        return this.#about(step.task, ({ id }) => ({ kind: "crashed", taskId: id, reason: step.error }));
      default:
        return [{ kind: step.op }];
    }
  }

  /** Events about the task of that name; the name of an older attempt has nothing to say any more. */
  #about(name: string, event: (task: DagTask) => DagEvent): readonly DagEvent[] {
    const [bare = "", attempt] = name.split("~");
    const task = [...this.#run.state().tasks.values()].find((one) => bareName(this.#graph, one) === bare);
    if (task === undefined) return [];
    if (attempt !== undefined && Number(attempt) !== (this.#attempts.get(task.id) ?? 1)) return [];
    return [event(task)];
  }

  #openTasksOf(node: string): readonly DagTask[] {
    return [...this.#run.state().tasks.values()].filter((task) => task.nodeId === node && !isTerminalTask(task.state));
  }

  #note(changes: Changes): void {
    for (const { id, state, generation } of changes.tasks) {
      const again = state === "ready" && generation === changes.run?.generation;
      if (again) this.#attempts.set(id, (this.#attempts.get(id) ?? 1) + 1);
    }
    if (changes.run === null) return;
    this.#error = changes.run.cause;
    if (isTerminalRun(changes.run.state)) this.#notifications.push(changes.run.state);
  }

  #launchedBy(changes: readonly Changes[]): readonly DagTask[] {
    const { tasks } = this.#run.state();
    return changes.flatMap(({ tasks: changed, newTasks, run }) => [
      ...changed
        .filter(({ state, generation }) => state === "ready" && generation === run?.generation)
        .flatMap(({ id }) => tasks.get(id) ?? []),
      ...newTasks.flatMap((made) =>
        [...tasks.values()].filter(({ nodeId, position }) => nodeId === made.nodeId && position === made.position),
      ),
    ]);
  }

  #seen(task: DagTask): readonly string[] | null {
    const node = this.#graph.byId.get(task.nodeId);
    if (node === undefined || node.upstream.length === 0) return null;
    if (task.inputArtifactId !== null) return [task.inputArtifactId];
    return [...seenBy(this.#run.state(), node, task).values()].flat().map(({ id }) => id);
  }

  #nameOf(task: DagTask): string {
    const attempt = this.#attempts.get(task.id) ?? 1;
    return `${bareName(this.#graph, task)}${attempt > 1 ? `~${attempt}` : ""}`;
  }

  final() {
    const { run, nodes, tasks } = this.#run.state();
    const done = new Set(["completed", "partial", "skipped", "filtered"]);
    const markerNames = [...nodes]
      .filter(([, { state, tasksTotal }]) => tasksTotal === 0 && markers.has(state))
      .map(([id, { state }]) => [`${id}[-]`, state]);
    return {
      run: {
        state: run.state,
        progress: [...nodes.values()].filter(({ state }) => done.has(state)).length,
        notifications: this.#notifications,
        error: this.#error,
      },
      nodes: Object.fromEntries(
        [...nodes].map(([id, { state, tasksTotal }]) => {
          const isUntouched = state === "waiting" || (state === "cancelled" && tasksTotal === 0);
          return [id, isUntouched ? "pending" : state];
        }),
      ),
      tasks: Object.fromEntries([
        ...[...tasks.values()].map((task) => [this.#nameOf(task), task.state === "ready" ? "queued" : task.state]),
        ...markerNames,
      ]),
    };
  }
}

const markers: ReadonlySet<string> = new Set(["skipped", "filtered", "failed"]);

const isAbort = (status: string): status is "failed" | "crashed" | "cancelled" =>
  status === "failed" || status === "crashed" || status === "cancelled";

/** `slug[key]`; `*` for the one task of a root, of an aggregate, or of artifacts that every group sees. */
function bareName(graph: Graph, task: DagTask): string {
  const isRoot = graph.byId.get(task.nodeId)?.upstream.length === 0;
  const [, key = task.key, repeat = ""] = /^(.*?)(#\d+)?$/s.exec(task.key) ?? [];
  const name = isRoot || key === "" ? "*" : key;
  return `${task.nodeId}[${name}]${repeat}`;
}

function completed(task: DagTask, yields: readonly GivenArtifact[]): DagEvent {
  const artifacts = yields.map(
    (given): DagArtifact => ({
      id: asId<ArtifactId>(given.id),
      nodeId: asId<NodeId>(task.nodeId),
      taskId: task.id,
      path: given.file_name,
      key: given.id,
      originId: task.originId,
      sizeBytes: given.file_size,
      mimeType: given.mime_type,
      metadata: given.metadata,
    }),
  );
  return { kind: "completed", taskId: task.id, artifacts };
}

const short = (id: string): GivenArtifact => ({
  ...{ id, file_name: `${id}.nc`, file_size: 1000, mime_type: null, metadata: {} },
});
