import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isNoChange } from "@/lib/dag/dag-state";
import { isTerminalRun } from "@/lib/dag/state";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import { aSimulatedRun, type SimulatedRun } from "@/test/fixtures/a-simulated-run";

const chain = () =>
  aSimulatedRun([
    command("make", { command: "make" }),
    command("each", { fan: "single", command: "x workflow:///make/*.nc" }),
    command("all", { command: "x workflow:///each/" }),
  ]);

const streaming = () =>
  aSimulatedRun([
    command("model", { command: "x" }),
    command("hour", {
      fan: "single",
      inputs: { hour: ref("workflow:///model/*.nc", { stream: true }) },
      command: "x",
    }),
    command("close", { command: "x workflow:///hour/" }),
  ]);

const open = (run: SimulatedRun) => run.openTasks().map(({ id }) => id);

describe("launch rules", () => {
  test("a root gets one task, a single node one per artifact, an aggregate one", () => {
    const run = chain();
    run.send({ kind: "start" });
    expect(open(run)).toEqual(["make.0"]);
    run.complete("make.0", ["a.nc", "b.nc", "notes.txt"]);
    expect(open(run)).toEqual(["each.0", "each.1"]);
    run.complete("each.0", ["x"]);
    expect(open(run)).toEqual(["each.1"]);
    run.complete("each.1", ["x"]);
    expect(open(run)).toEqual(["all.0"]);
    run.complete("all.0", []);
    expect(run.state()).toMatchObject({ state: "completed", completeness: "complete" });
  });

  test("a node that finds nothing to work on is filtered, and so is what depends on it alone", () => {
    const run = chain();
    run.send({ kind: "start" });
    run.complete("make.0", ["notes.txt"]);
    expect(run.nodeStates()).toEqual({ make: "completed", each: "filtered", all: "filtered" });
    expect(run.state().state).toBe("completed");
  });

  test("a file asked for by name gets a task even when it is absent", () => {
    const run = aSimulatedRun([command("a", { command: "x" }), command("b", { command: "cat workflow:///a/wanted" })]);
    run.send({ kind: "start" });
    run.complete("a.0", []);
    expect(open(run)).toEqual(["b.0"]);
  });

  test("a wider fan than the limit fails the run", () => {
    const run = aSimulatedRun(
      [command("make", { command: "x" }), command("each", { fan: "single", command: "x workflow:///make/*" })],
      { fanLimit: 2 },
    );
    run.send({ kind: "start" });
    run.complete("make.0", ["a", "b", "c"]);
    expect(run.state()).toMatchObject({ state: "failed", reason: expect.stringContaining("3 tasks; the limit is 2") });
  });
});

describe("a streaming edge", () => {
  test("starts a task for each artifact while the producer runs, and closes after it", () => {
    const run = streaming();
    run.send({ kind: "start" });
    run.commit("model.0", ["h1.nc"]);
    expect(open(run)).toEqual(["model.0", "hour.0"]);
    run.complete("hour.0", ["f"]);
    expect(run.nodeStates()).toEqual({ model: "running", hour: "running", close: "waiting" });
    run.complete("model.0", ["h2.nc"]);
    expect(open(run)).toEqual(["hour.1"]);
    run.complete("hour.1", ["f"]);
    expect(open(run)).toEqual(["close.0"]);
  });

  test("waits for its other upstream nodes, then takes what is there", () => {
    const run = aSimulatedRun([
      command("model", { command: "x" }),
      command("mask", { command: "x" }),
      command("hour", {
        fan: "single",
        after: ["mask"],
        inputs: { hour: ref("workflow:///model/*.nc", { stream: true }) },
        command: "x",
      }),
    ]);
    run.send({ kind: "start" });
    run.commit("model.0", ["h1.nc"]);
    expect(open(run)).toEqual(["model.0", "mask.0"]);
    run.complete("mask.0", []);
    expect(open(run)).toEqual(["model.0", "hour.0"]);
  });
});

describe("failure", () => {
  test("uses up the retries, then fails the run and cancels the rest", () => {
    const run = aSimulatedRun([command("a", { command: "x", retries: 1 }), command("b", { command: "x" })]);
    run.send({ kind: "start" });
    run.report("a.0", { kind: "failed", reason: "first" });
    expect(run.task("a.0")).toMatchObject({ state: "ready", failures: 1 });
    run.report("a.0", { kind: "failed", reason: "second" });
    expect(run.state()).toMatchObject({ state: "failed", reason: "second" });
    expect(run.task("b.0").state).toBe("cancelled");
  });

  test("a crash is tried again though the node has no retries", () => {
    const run = aSimulatedRun([command("a", { command: "x" })]);
    run.send({ kind: "start" });
    for (let count = 1; count <= 3; count += 1) {
      run.report("a.0", { kind: "crashed", reason: "node lost" });
      expect(run.task("a.0").state).toBe("ready");
    }
    run.report("a.0", { kind: "crashed", reason: "node lost" });
    expect(run.state().state).toBe("crashed");
  });

  test("an interruption does not count", () => {
    const run = aSimulatedRun([command("a", { command: "x" })]);
    run.send({ kind: "start" });
    run.report("a.0", { kind: "interrupted" });
    expect(run.task("a.0")).toMatchObject({ state: "ready", failures: 0 });
  });

  test("the first terminal state of a run stands", () => {
    const run = chain();
    run.send({ kind: "start" });
    run.send({ kind: "cancel", reason: "enough" });
    expect(isNoChange(run.report("make.0", { kind: "failed", reason: "late" }))).toBe(true);
    expect(run.state()).toMatchObject({ state: "cancelled", reason: "enough" });
  });
});

test("a chain of 5000 nodes that find nothing ends without recursion", () => {
  const nodes = Array.from({ length: 5000 }, (_, index) =>
    command(`n${index}`, { command: index === 0 ? "x" : `x workflow:///n${index - 1}/*.nc` }),
  );
  const run = aSimulatedRun(nodes);
  run.send({ kind: "start" });
  run.complete("n0.0", []);
  expect(run.state().state).toBe("completed");
});

/** Acyclic graphs: each node takes files of some earlier ones, fanned or not, streaming or not. */
const graphs = fc
  .array(fc.record({ from: fc.array(fc.nat(), { maxLength: 2 }), fan: fc.boolean(), stream: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
  })
  .map((shapes) =>
    shapes.map(({ from, fan, stream }, index) => {
      const producers = index === 0 ? [] : [...new Set(from.map((number) => number % index))];
      const single = fan && producers.length === 1;
      const inputs = producers.map((producer) => [
        `in${producer}`,
        ref(`workflow:///n${producer}/*.nc`, { stream: stream && single }),
      ]);
      return command(`n${index}`, {
        fan: single ? "single" : "aggregate",
        inputs: Object.fromEntries(inputs),
        command: "x",
      });
    }),
  );
const moves = fc.array(fc.record({ pick: fc.nat(), files: fc.nat(3), commit: fc.boolean() }), { maxLength: 40 });

describe("for any acyclic pipeline and any order of completions", () => {
  test("the run ends, counters are exact, and nothing is decided twice", () => {
    fc.assert(
      fc.property(graphs, moves, (nodes, script) => {
        const run = aSimulatedRun(nodes);
        run.send({ kind: "start" });
        expect(isNoChange(run.peek({ kind: "start" }))).toBe(true);
        for (let step = 0; run.openTasks().length > 0; step += 1) {
          const { pick, files, commit } = script[step % Math.max(1, script.length)] ?? {
            pick: 0,
            files: 0,
            commit: false,
          };
          const tasks = run.openTasks();
          const task = tasks[pick % tasks.length];
          if (!task) break;
          const made = Array.from({ length: files }, (_, index) => `f${index}.nc`);
          if (commit) run.commit(task.id, made.slice(0, 1));
          run.complete(task.id, made);
          run.checkCounters();
          expect(isNoChange(run.peekReport(task.id, { kind: "completed", artifacts: [] }))).toBe(true);
          expect(isNoChange(run.peek({ kind: "reconcile" }))).toBe(true);
        }
        expect(isTerminalRun(run.state().state)).toBe(true);
        expect(run.state().state).toBe("completed");
      }),
      { numRuns: 150 },
    );
  });

  test("the order of completions does not change which tasks there are", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (nodes, seed) => {
        const keys = (pick: (count: number) => number) => {
          const run = aSimulatedRun(nodes);
          run.send({ kind: "start" });
          for (let tasks = run.openTasks(); tasks.length > 0; tasks = run.openTasks()) {
            run.complete(tasks[pick(tasks.length)]?.id ?? "", ["a.nc", "b.nc"]);
          }
          return run.taskKeys();
        };
        expect(keys((count) => seed % count)).toEqual(keys(() => 0));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a failure that is tolerated", () => {
  const tolerant = () =>
    aSimulatedRun([
      command("a", { command: "x", allowFailure: true }),
      command("b", { command: "x workflow:///a/*" }),
      command("c", { command: "x workflow:///b/*" }),
      command("d", { command: "x" }),
    ]);

  test("lets the run go on, and what needs its files is skipped", () => {
    const run = tolerant();
    run.send({ kind: "start" });
    run.report("a.0", { kind: "failed", reason: "no data" });
    expect(run.nodeStates()).toEqual({ a: "failed", b: "skipped", c: "skipped", d: "running" });
    run.complete("d.0", []);
    expect(run.state()).toMatchObject({ state: "completed", completeness: "partial" });
  });

  test("is mended by a retry of the run together with what it had skipped", () => {
    const run = tolerant();
    run.send({ kind: "start" });
    run.report("a.0", { kind: "failed", reason: "no data" });
    run.report("d.0", { kind: "failed", reason: "boom" });
    run.send({ kind: "retry" });
    expect(run.nodeStates()).toEqual({ a: "running", b: "waiting", c: "waiting", d: "running" });
    run.complete("a.0", ["f"]);
    expect(open(run)).toEqual(["d.0", "b.0.g2"]);
  });
});

describe("a rerun", () => {
  test("of a task with everything downstream replaces what came of it", () => {
    const run = chain();
    run.send({ kind: "start" });
    run.complete("make.0", ["a.nc", "b.nc"]);
    run.complete("each.0", ["x"]);
    run.complete("each.1", ["x"]);
    run.complete("all.0", []);
    const taskIds = [run.task("make.0").id];
    const changes = run.send({ kind: "rerun", taskIds, downstream: true });
    expect(changes.supersededTasks).toEqual(["each.0", "each.1", "all.0"]);
    expect(run.nodeStates()).toEqual({ make: "running", each: "waiting", all: "waiting" });
    expect(isNoChange(run.peek({ kind: "reconcile" }))).toBe(true);
    run.complete("make.0", ["c.nc"]);
    expect(run.taskKeys()).toEqual(["each c.nc", "make "]);
  });

  test("of two nodes with everything downstream waits with the lower one", () => {
    const run = chain();
    run.send({ kind: "start" });
    run.complete("make.0", ["a.nc"]);
    run.complete("each.0", ["x"]);
    run.complete("all.0", []);
    run.send({ kind: "rerun", taskIds: [run.task("make.0").id, run.task("each.0").id], downstream: true });
    expect(open(run)).toEqual(["make.0"]);
    expect(run.nodeStates()).toEqual({ make: "running", each: "waiting", all: "waiting" });
  });

  test("of one of several failed tasks leaves the others counted", () => {
    const run = aSimulatedRun([
      command("make", { command: "x" }),
      command("each", { fan: "single", command: "x workflow:///make/*", allowFailure: true }),
      command("other", { command: "x" }),
    ]);
    run.send({ kind: "start" });
    run.complete("make.0", ["a", "b"]);
    run.report("each.0", { kind: "failed", reason: "boom" });
    run.report("each.1", { kind: "failed", reason: "boom" });
    run.send({ kind: "rerun", taskIds: [run.task("each.0").id], downstream: false });
    run.complete("each.0", ["f"]);
    expect(run.nodeStates()).toMatchObject({ each: "partial" });
  });
});

test("a quorum over an expected number is partial when some are missing though the producer has ended", () => {
  const quorum = { atLeast: 0.5, expected: 4, deadlineSeconds: 60 };
  const run = aSimulatedRun([
    command("members", { command: "x" }),
    command("mean", { command: "x", inputs: { member: ref("workflow:///members/*", { quorum }) } }),
  ]);
  run.send({ kind: "start" });
  run.complete("members.0", ["a", "b", "c"]);
  run.complete("mean.0", ["m"]);
  expect(run.state()).toMatchObject({ state: "completed", completeness: "partial" });
});

test("a retry that hits the fan limit again still goes up a generation", () => {
  const run = aSimulatedRun(
    [
      command("a", { command: "x" }),
      command("b", { fan: "single", command: "x workflow:///a/one*" }),
      command("c", { fan: "single", command: "x workflow:///a/*" }),
    ],
    { fanLimit: 2 },
  );
  run.send({ kind: "start" });
  run.complete("a.0", ["one", "two", "three"]);
  for (const generation of [2, 3]) {
    expect(run.send({ kind: "retry" }).run).toMatchObject({ state: "failed", generation, cause: "fan-out-limit" });
    expect(run.task("b.0")).toMatchObject({ state: "cancelled", generation });
  }
});
