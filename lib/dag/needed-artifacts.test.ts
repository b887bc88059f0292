import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DagArtifact, DagEvent, DagTask } from "@/lib/dag/dag-state";
import { buildGraph, type Graph } from "@/lib/dag/graph";
import { type MemoryRun, startMemoryRun } from "@/lib/dag/memory-run";
import { neededArtifacts } from "@/lib/dag/needed-artifacts";
import { seenBy } from "@/lib/dag/seen-by";
import { isTerminalRun } from "@/lib/dag/state";
import { type ArtifactId, asId, type NodeId } from "@/lib/ids";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { type RandomStep, randomNodes, randomSteps } from "@/test/fixtures/random-run";

/** A run of which everything that nobody needs is thrown away after each event. */
class CollectedRun {
  readonly #run: MemoryRun;
  readonly #graph: Graph;
  readonly #gone = new Set<ArtifactId>();
  collected = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#run = startMemoryRun(graph);
    this.send({ kind: "start" });
  }

  get state() {
    return this.#run.state();
  }

  send(event: DagEvent): void {
    this.#run.send(event);
    if ("artifacts" in event) for (const { id } of event.artifacts) this.#gone.delete(id);
    const { run, nodes, artifacts } = this.#run.state();
    const needed = neededArtifacts({ graph: this.#graph, runState: run.state, nodes, mayBeRetried: true });
    for (const { id, nodeId } of artifacts) {
      if (needed.has(nodeId) || this.#gone.has(id)) continue;
      this.#gone.add(id);
      this.collected += 1;
    }
  }

  /** Starts what is ready, as a worker would, and tells which of its inputs were thrown away. */
  missed(): readonly ArtifactId[] {
    return this.#run.claim().flatMap((task) => {
      const node = this.#graph.byId.get(task.nodeId);
      if (node === undefined) return [];
      const seen = [...seenBy(this.#run.state(), node, task).values()].flat();
      return seen.filter(({ id }) => this.#gone.has(id)).map(({ id }) => id);
    });
  }
}

/** Some of the random nodes could not be planned by the builder's rules; the planner plans them all the same. */
const definitionOf = (nodes: readonly NodeDefinition[]) => ({
  ...aPipeline([command("n", { command: "" })]).definition,
  nodes,
});

const artifact = (task: DagTask, path: string): DagArtifact => ({
  id: asId<ArtifactId>(`${task.id}/${path}`),
  ...{ nodeId: task.nodeId, taskId: task.id, path, key: `${task.key}/${path}`, originId: task.originId },
  ...{ sizeBytes: 1, mimeType: null, metadata: {} },
});

function eventOf(run: CollectedRun, step: RandomStep): DagEvent | null {
  const { tasks, nodes } = run.state;
  const live = [...tasks.values()].filter(({ state }) => state === "running");
  const pick = <Thing>(things: readonly Thing[], at: number) => things[at % Math.max(1, things.length)];
  if (step.op === "retry") return isTerminalRun(run.state.run.state) ? { kind: "retry" } : null;
  if (step.op === "cancel") return { kind: "cancel", reason: "" };
  if (step.op === "reconcile") return { kind: "reconcile" };
  if (step.op === "hold" || step.op === "release") return { kind: step.op, scope: { kind: "run" } };
  if (step.op === "force") {
    const node = pick([...nodes.keys()], step.pick);
    return node === undefined ? null : { kind: "force", nodeId: node };
  }
  // A person who does again what succeeded has to do again what it read; that is not foreseen.
  if (step.op === "rerun-node" || step.op === "hold-node" || step.op === "release-node") return null;
  if (step.op === "due") {
    const waiting = pick(
      [...tasks.values()].filter(({ state }) => state === "waiting"),
      step.pick,
    );
    return waiting === undefined ? null : { kind: "due", taskIds: [waiting.id] };
  }
  const task = "pick" in step ? pick(live, step.pick) : undefined;
  if (task === undefined) return null;
  switch (step.op) {
    case "complete":
      return { kind: "completed", taskId: task.id, artifacts: step.files.map((path) => artifact(task, path)) };
    case "stream":
      return { kind: "artifacts", taskId: task.id, artifacts: step.files.map((path) => artifact(task, path)) };
    case "fail":
      return { kind: "failed", taskId: task.id, reason: "" };
    case "crash":
      return { kind: "crashed", taskId: task.id, reason: "" };
    case "interrupt":
      return { kind: "interrupted", taskId: task.id };
    case "set-outputs":
      return { kind: "set-outputs", taskId: task.id, artifacts: [] };
    case "priority":
      return { kind: "priority", scope: { kind: "tasks", taskIds: [task.id] }, value: 1 };
    case "release-task":
      return { kind: "release", scope: { kind: "tasks", taskIds: [task.id] } };
    case "skip":
    case "expire":
      return { kind: step.op, taskIds: [task.id] };
    default:
      return null;
  }
}

/** Lets everything that can start end well; tells what was missed. */
function finish(run: CollectedRun): readonly ArtifactId[] {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const missed = run.missed();
    if (missed.length > 0) return missed;
    const live = [...run.state.tasks.values()].filter(({ state }) => state === "running");
    if (live.length === 0) return [];
    for (const task of live) run.send({ kind: "completed", taskId: task.id, artifacts: [artifact(task, "a.nc")] });
  }
  return [];
}

test("no task ever starts whose input was thrown away, whatever the graph, the outcomes and the retries", () => {
  let collected = 0;
  fc.assert(
    fc.property(randomNodes, randomSteps, randomSteps, (nodes, steps, more) => {
      const run = new CollectedRun(buildGraph(definitionOf(nodes)));
      for (const some of [steps, more]) {
        for (const step of some) {
          expect(run.missed()).toEqual([]);
          const event = eventOf(run, step);
          if (event !== null) run.send(event);
        }
        expect(finish(run)).toEqual([]);
        run.send({ kind: "retry" });
      }
      expect(finish(run)).toEqual([]);
      collected += run.collected;
    }),
    { numRuns: process.env.NEREUS_LONG === "1" ? 10_000 : 400 },
  );
  expect(collected).toBeGreaterThan(100);
});

describe("artifacts are needed", () => {
  const id = (name: string) => asId<NodeId>(name);
  const graph = buildGraph(
    aPipeline([
      command("a", { command: "true" }),
      command("b", { command: "cat workflow:///a/x", passthrough: true }),
      command("c", { command: "cat workflow:///b/x" }),
      command("d", { command: "true", inputs: { a: ref("workflow:///a/x") } }),
    ]).definition,
  );
  const needs = (states: Readonly<Record<string, "waiting" | "completed" | "failed">>, mayBeRetried = true) => {
    const nodes = new Map(Object.entries(states).map(([name, state]) => [id(name), { state, tasksFailed: 0 }]));
    const isOver = Object.values(states).every((state) => state !== "waiting");
    return Object.fromEntries(neededArtifacts({ graph, runState: isOver ? "failed" : "running", nodes, mayBeRetried }));
  };

  test("by consumers that have not ended, through nodes that let them pass", () => {
    expect(needs({ a: "completed", b: "completed", c: "waiting", d: "completed" })).toMatchObject({
      a: ["c"],
      b: ["c"],
    });
    expect(needs({ a: "completed", b: "completed", c: "completed", d: "waiting" })).toEqual({ a: ["d"], d: ["d"] });
  });
  test("by a consumer that failed, as long as it may be retried", () => {
    const states = { a: "completed", b: "completed", c: "completed", d: "failed" } as const;
    expect(needs(states)).toMatchObject({ a: ["d"] });
    expect(needs(states, false)).toEqual({});
  });
  test("by a consumer that completed but stands below one that failed", () => {
    expect(needs({ a: "completed", b: "failed", c: "completed", d: "completed" })).toMatchObject({ a: ["b", "c"] });
  });
});
