import type { Changes, DagArtifact, DagLimits, DagState, DagTask } from "@/lib/dag/dag-state";
import { edgeKey, type Graph } from "@/lib/dag/graph";
import { type MemoryRun, memoryTaskId, startMemoryRun } from "@/lib/dag/memory-run";
import { SimulatedPools } from "@/lib/dag/simulated-pools";
import { isTerminalRun, type RunState } from "@/lib/dag/state";
import { TimeQueue } from "@/lib/dag/time-queue";
import { type ArtifactId, asId, type TaskId } from "@/lib/ids";

/** What is assumed of a run that is not run. All times are seconds; those of a run count from its start. */
export type SimulationPlan = {
  /** Slots of each pool; one that is not named has no limit. */
  readonly slots: ReadonlyMap<string, number>;
  /** How an attempt goes. @param attempt  from 1 */
  readonly attempt: (task: DagTask, attempt: number) => SimulatedAttempt;
  /** When artifacts of other runs come, by `node/input`; those that never come are left out. */
  readonly arrivals?: ReadonlyMap<string, SimulatedArrival>;
  readonly limits?: DagLimits;
  readonly holds?: DagState["holds"];
};

export type SimulatedAttempt = {
  readonly durationSeconds: number;
  readonly outcome: "completed" | "failed" | "crashed";
  /** Files of a task, in order; one with `afterSeconds` is committed so long after the start, the others at the end. */
  readonly files: readonly SimulatedFile[];
};

export type SimulatedFile = {
  readonly path: string;
  readonly sizeBytes?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly afterSeconds?: number;
};

export type SimulatedArrival = { readonly atSeconds: number; readonly artifacts: readonly DagArtifact[] };

export type Simulation = {
  readonly state: RunState;
  readonly completeness: "complete" | "partial" | null;
  /** When the run ended; null when it waits for something that never comes. */
  readonly endedAtSeconds: number | null;
  /** In the order of their starts. */
  readonly attempts: readonly {
    readonly task: DagTask;
    readonly attempt: number;
    readonly startedAtSeconds: number;
    readonly endedAtSeconds: number;
    readonly outcome: SimulatedAttempt["outcome"] | "cancelled";
  }[];
};

/**
 * Plays a run on virtual time: the planner and the order of claiming are those of real runs, the jobs are numbers. Answers
 * when it will be done with these slots.
 * Source: ENGINE.md, section 4, Simulation.
 */
export function simulate(graph: Graph, plan: SimulationPlan): Simulation {
  return new Player(graph, plan).play();
}

type Happening =
  | { readonly kind: "file"; readonly taskId: TaskId; readonly attempt: number; readonly file: SimulatedFile }
  | { readonly kind: "end"; readonly taskId: TaskId; readonly attempt: number }
  | { readonly kind: "due"; readonly taskId: TaskId }
  | { readonly kind: "expire"; readonly edge: string }
  | { readonly kind: "arrive"; readonly edge: string; readonly artifacts: readonly DagArtifact[] };

type Attempt = { -readonly [Key in keyof Simulation["attempts"][number]]: Simulation["attempts"][number][Key] } & {
  readonly result: SimulatedAttempt;
};

class Player {
  readonly #graph: Graph;
  readonly #plan: SimulationPlan;
  readonly #run: MemoryRun;
  readonly #expiredEdges = new Set<string>();
  readonly #external = new Map<string, readonly DagArtifact[]>();
  readonly #queue = new TimeQueue<Happening>();
  readonly #pools: SimulatedPools;
  readonly #attempts: Attempt[] = [];
  readonly #latest = new Map<TaskId, Attempt>();
  #nowSeconds = 0;
  #completeness: Simulation["completeness"] = null;

  constructor(graph: Graph, plan: SimulationPlan) {
    this.#graph = graph;
    this.#plan = plan;
    this.#pools = new SimulatedPools(graph, plan.slots);
    const { limits, holds } = plan;
    this.#run = startMemoryRun(graph, {
      ...{ limits, holds, expiredEdges: this.#expiredEdges, external: this.#external },
    });
  }

  play(): Simulation {
    this.#expect();
    this.#take(this.#run.send({ kind: "start" }));
    this.#startReady();
    while (!this.#isOver() && this.#queue.nextSeconds !== null) {
      this.#nowSeconds = this.#queue.nextSeconds;
      while (this.#queue.nextSeconds === this.#nowSeconds) this.#happen(this.#queue.take());
      this.#startReady();
    }
    for (const attempt of this.#attempts) if (attempt.endedAtSeconds > this.#nowSeconds) this.#cut(attempt);
    const attempts = this.#attempts.map(({ result: _, ...attempt }) => attempt);
    const endedAtSeconds = this.#isOver() ? this.#nowSeconds : null;
    return { state: this.#run.state().run.state, completeness: this.#completeness, endedAtSeconds, attempts };
  }

  /** Deadlines and arrivals are known from the start. */
  #expect(): void {
    for (const node of this.#graph.nodes)
      for (const { name, quorum } of node.inputs)
        if (quorum !== null) this.#queue.add(quorum.deadlineSeconds, { kind: "expire", edge: edgeKey(node.id, name) });
    for (const [edge, { atSeconds, artifacts }] of this.#plan.arrivals ?? [])
      this.#queue.add(atSeconds, { kind: "arrive", edge, artifacts });
  }

  #isOver(): boolean {
    return isTerminalRun(this.#run.state().run.state);
  }

  #happen(what: Happening | null): void {
    if (what === null || this.#isOver()) return;
    switch (what.kind) {
      case "expire":
        this.#expiredEdges.add(what.edge);
        this.#take(this.#run.send({ kind: "reconcile" }));
        break;
      case "arrive":
        this.#external.set(what.edge, what.artifacts);
        this.#take(this.#run.send({ kind: "reconcile" }));
        break;
      case "due":
        this.#take(this.#run.send({ kind: "due", taskIds: [what.taskId] }));
        break;
      default:
        this.#report(what);
    }
  }

  #report(what: Extract<Happening, { kind: "file" | "end" }>): void {
    const attempt = this.#latest.get(what.taskId);
    if (attempt === undefined || attempt.attempt !== what.attempt) return;
    const { task, result } = attempt;
    if (what.kind === "file") {
      this.#take(this.#run.send({ kind: "artifacts", taskId: task.id, artifacts: [artifactOf(task, what.file)] }));
      return;
    }
    this.#pools.free(task);
    if (result.outcome === "completed") {
      const artifacts = result.files.map((file) => artifactOf(task, file));
      this.#take(this.#run.send({ kind: "completed", taskId: task.id, artifacts }));
    } else this.#take(this.#run.send({ kind: result.outcome, taskId: task.id, reason: "as simulated" }));
  }

  /** Notes what became ready, what waits for a time, and how the run ended. */
  #take(changes: Changes): void {
    const { tasks, run } = this.#run.state();
    const ids = [
      ...changes.tasks.map(({ id, state, waitSeconds }) => ({ id, state, waitSeconds })),
      ...changes.newTasks.map((made) => ({ ...made, id: memoryTaskId(made, run.generation), waitSeconds: 0 })),
    ];
    for (const { id, state, waitSeconds } of ids) {
      const task = tasks.get(id);
      if (task && state === "ready") this.#pools.add(task, this.#nowSeconds);
      if (state === "waiting") this.#queue.add(this.#nowSeconds + waitSeconds, { kind: "due", taskId: id });
    }
    if (changes.run !== null) this.#completeness = changes.run.completeness;
  }

  #startReady(): void {
    if (this.#isOver()) return;
    for (const task of this.#pools.claim()) {
      const number = (this.#latest.get(task.id)?.attempt ?? 0) + 1;
      const result = this.#plan.attempt(task, number);
      const startedAtSeconds = this.#nowSeconds;
      const endedAtSeconds = startedAtSeconds + result.durationSeconds;
      const attempt = { task, attempt: number, startedAtSeconds, endedAtSeconds, outcome: result.outcome, result };
      this.#attempts.push(attempt);
      this.#latest.set(task.id, attempt);
      const about = { taskId: task.id, attempt: number };
      for (const file of result.files)
        if (file.afterSeconds !== undefined && file.afterSeconds < result.durationSeconds)
          this.#queue.add(startedAtSeconds + file.afterSeconds, { kind: "file", ...about, file });
      this.#queue.add(endedAtSeconds, { kind: "end", ...about });
    }
  }

  /** The end of the run stopped it. */
  #cut(attempt: Attempt): void {
    attempt.endedAtSeconds = this.#nowSeconds;
    attempt.outcome = "cancelled";
  }
}

const artifactOf = (task: DagTask, { path, sizeBytes, metadata }: SimulatedFile): DagArtifact => ({
  ...{ id: asId<ArtifactId>(`${task.id}/${path}`), nodeId: task.nodeId, taskId: task.id, path },
  key: task.key === "" ? path : `${task.key}/${path}`,
  ...{ originId: task.originId, sizeBytes: sizeBytes ?? null, mimeType: null, metadata: metadata ?? {} },
});
