import { expect, test } from "vitest";
import { buildGraph } from "@/lib/dag/graph";
import { planSimulation, type RecordedTask } from "@/lib/dag/plan-simulation";
import { simulate } from "@/lib/dag/simulate";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const { definition } = aPipeline([
  command("model", { command: "x", outputs: [output("hours/*.nc", { commit: "on-rename" })] }),
  command("map", {
    fan: "single",
    command: "x",
    inputs: { hour: ref("workflow:///model/hours/*.nc", { stream: true }) },
  }),
]);
const graph = buildGraph(definition);
const hour = (number: number, afterSeconds: number) => ({
  ...{ path: `hours/${number}.nc`, sizeBytes: 10, metadata: {}, afterSeconds },
});
const recorded: readonly RecordedTask[] = [
  { nodeId: "model", key: "", durationSeconds: 40, files: [hour(1, 20), hour(2, 40)] },
  { nodeId: "map", key: "hours/1.nc", durationSeconds: 5, files: [] },
];
const none = { durationsSeconds: {}, files: {} };
const play = (slots: number, given: Partial<typeof none>, tasks = recorded) => {
  const about = { slots: new Map([["light", slots]]), given: { ...none, ...given } };
  const { plan, unknown } = planSimulation(definition, tasks, about);
  return { ...simulate(graph, plan), unknown };
};

test("a run goes as an earlier one went, and a task without its like as the first of its node", () => {
  const { endedAtSeconds, attempts, unknown } = play(8, {});
  expect([endedAtSeconds, unknown]).toEqual([45, []]);
  expect(attempts.map(({ startedAtSeconds }) => startedAtSeconds)).toEqual([0, 20, 40]);
});

test("with a single slot nothing runs beside the model", () => {
  expect(play(1, {}).endedAtSeconds).toBe(50);
});

test("a duration that is given stretches the times of the files", () => {
  const { attempts } = play(8, { durationsSeconds: { model: 80 } });
  expect(attempts.map(({ startedAtSeconds }) => startedAtSeconds)).toEqual([0, 40, 80]);
});

test("what others read of a node is there though its own outputs are wider", () => {
  const wide = aPipeline([
    command("model", { command: "x", outputs: [output("wrfout_d0[123]_*")] }),
    command("map", { fan: "single", command: "x workflow:///model/wrfout_d03_*" }),
  ]);
  const about = { slots: new Map(), given: none };
  const { attempts } = simulate(buildGraph(wide.definition), planSimulation(wide.definition, [], about).plan);
  expect(attempts.map(({ task }) => task.nodeId)).toEqual(["model", "map"]);
});

test("without a record, files and durations are those given, and what is not known is named", () => {
  const { endedAtSeconds, attempts, unknown } = play(2, { durationsSeconds: { map: 10 }, files: { model: 4 } }, []);
  expect([endedAtSeconds, attempts.length, unknown]).toEqual([20, 5, ["model"]]);
});
