import { describe, expect, test } from "vitest";
import { buildGraph } from "@/lib/dag/graph";
import { type SimulatedAttempt, type SimulationPlan, simulate } from "@/lib/dag/simulate";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const files = (count: number) => Array.from({ length: count }, (_, index) => ({ path: `f${index}.nc` }));
const well = (durationSeconds: number, made: SimulatedAttempt["files"] = []): SimulatedAttempt => ({
  ...{ durationSeconds, outcome: "completed", files: made },
});
const badly = (durationSeconds: number): SimulatedAttempt => ({ durationSeconds, outcome: "failed", files: [] });

const play = (nodes: readonly NodeDefinition[], plan: Partial<SimulationPlan> & Pick<SimulationPlan, "attempt">) =>
  simulate(buildGraph(aPipeline(nodes).definition), { slots: new Map(), ...plan });

const fan = [
  command("make", { command: "x" }),
  command("each", { fan: "single", command: "x workflow:///make/*" }),
  command("all", { command: "x workflow:///each/" }),
];
const fanPlan: SimulationPlan["attempt"] = ({ nodeId }) =>
  nodeId === "make" ? well(10, files(6)) : well(30, files(1));

describe("a run on virtual time", () => {
  test("answers when it ends with these slots", () => {
    expect(play(fan, { attempt: fanPlan })).toMatchObject({ state: "completed", endedAtSeconds: 70 });
    expect(play(fan, { attempt: fanPlan, slots: new Map([["light", 2]]) }).endedAtSeconds).toBe(10 + 3 * 30 + 30);
  });

  test("lets a task that wants more than its pool has take all of it", () => {
    const wide = [command("a", { command: "x", cpus: 8 }), command("b", { command: "x" })];
    const { attempts } = play(wide, { attempt: () => well(5), slots: new Map([["light", 4]]) });
    expect(attempts.map(({ task, startedAtSeconds }) => [task.nodeId, startedAtSeconds])).toEqual([
      ["a", 0],
      ["b", 5],
    ]);
  });

  test("starts what has the higher priority first", () => {
    const nodes = [command("low", { command: "x" }), command("high", { command: "x", priority: 5 })];
    const { attempts } = play(nodes, { attempt: () => well(5), slots: new Map([["light", 1]]) });
    expect(attempts.map(({ task }) => task.nodeId)).toEqual(["high", "low"]);
  });

  test("takes streamed files as they come", () => {
    const nodes = [
      command("model", { command: "x" }),
      command("map", { fan: "single", command: "x", inputs: { hour: ref("workflow:///model/*", { stream: true }) } }),
    ];
    const hours = files(3).map((file, index) => ({ ...file, afterSeconds: 10 * (index + 1) }));
    const { endedAtSeconds, attempts } = play(nodes, {
      attempt: ({ nodeId }) => (nodeId === "model" ? well(40, hours) : well(5)),
    });
    expect(endedAtSeconds).toBe(40);
    expect(attempts.map(({ startedAtSeconds }) => startedAtSeconds)).toEqual([0, 10, 20, 30]);
  });

  test("waits before a retry, and ends when the run fails", () => {
    const nodes = [
      command("a", { command: "x", retries: 1, retryDelaysSeconds: [60] }),
      command("b", { command: "x" }),
    ];
    const { state, endedAtSeconds, attempts } = play(nodes, {
      attempt: ({ nodeId }) => (nodeId === "a" ? badly(10) : well(1000)),
    });
    expect([state, endedAtSeconds]).toEqual(["failed", 80]);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["failed", "cancelled", "failed"]);
  });

  test("goes on with a quorum at its deadline", () => {
    const quorum = { atLeast: 2, expected: null, deadlineSeconds: 100 };
    const nodes = [
      command("make", { command: "x" }),
      command("member", { fan: "single", command: "x workflow:///make/*" }),
      command("mean", { command: "x", inputs: { members: ref("workflow:///member/", { quorum }) } }),
    ];
    const { attempts, completeness } = play(nodes, {
      attempt: ({ nodeId, position }) => {
        if (nodeId === "make") return well(0, files(3));
        return nodeId === "member" ? well(position === 2 ? 500 : 50, files(1)) : well(5);
      },
    });
    const mean = attempts.find(({ task }) => task.nodeId === "mean");
    expect(mean?.startedAtSeconds).toBe(100);
    expect(completeness).toBe("partial");
  });

  test("has no end when it waits for an operator", () => {
    const { state, endedAtSeconds } = play([command("a", { command: "x", hold: true })], { attempt: () => well(1) });
    expect([state, endedAtSeconds]).toEqual(["running", null]);
  });

  test("of 10,000 tasks or 3,000 nodes in a row takes moments", () => {
    const many = { attempt: fanPlan, slots: new Map([["light", 64]]) };
    const wide = play(fan, {
      ...many,
      attempt: (task, attempt) => (task.nodeId === "make" ? well(1, files(10_000)) : fanPlan(task, attempt)),
    });
    expect(wide).toMatchObject({ state: "completed", endedAtSeconds: 1 + Math.ceil(10_000 / 64) * 30 + 30 });
    const chain = Array.from({ length: 3000 }, (_, index) =>
      command(`n${index}`, { command: index === 0 ? "x" : `x workflow:///n${index - 1}/` }),
    );
    expect(play(chain, { attempt: () => well(1, files(1)) }).endedAtSeconds).toBe(3000);
  }, 20_000);
});
