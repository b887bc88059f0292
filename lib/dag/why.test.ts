import { expect, test } from "vitest";
import type { DagNode } from "@/lib/dag/dag-state";
import { buildGraph } from "@/lib/dag/graph";
import { type WhyRun, type WhyTask, whyNode, whyRun, whyTask } from "@/lib/dag/why";
import type { NodeId } from "@/lib/ids";
import { messages } from "@/lib/messages/messages";
import { sayWhy } from "@/lib/messages/say-why";
import { command } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const graph = buildGraph(
  aPipeline([command("a", { command: "true" }), command("b", { command: "true", after: ["a"] })]).definition,
);
const [a, b] = graph.nodes;
if (a === undefined || b === undefined) throw new Error("the graph has two nodes");

const node = (parts: Partial<DagNode>): DagNode => ({
  ...{ state: "waiting", tasksTotal: 0, tasksLeft: 0, tasksFailed: 0, partial: false, held: false },
  ...parts,
});
const run = (parts: Partial<WhyRun> = {}): WhyRun => ({
  ...{ state: "running", reason: null, cancelReason: null, hasWorker: true, holds: [], deadlines: [] },
  nodes: new Map<NodeId, DagNode>([
    [a.id, node({ state: "running", tasksTotal: 5, tasksLeft: 3 })],
    [b.id, node({})],
  ]),
  pools: [{ site: "local", pool: "light", taken: 2, slots: 2 }],
  ...parts,
});
const task = (parts: Partial<WhyTask>): WhyTask => ({
  ...{ key: "", state: "ready", pool: "light", reason: null, waitsFor: null, dueAt: null, ahead: 0, attempt: null },
  ...parts,
});
const kinds = (reasons: readonly { readonly kind: string }[]) => reasons.map(({ kind }) => kind);

test("a node names what before it has not ended, with the tasks that are left", () => {
  expect(whyNode(run(), b)).toEqual([{ kind: "upstream", node: "a", state: "running", left: 3, total: 5 }]);
});

test("a ready task tells of the full pool, of the tasks before it, and else that a worker comes", () => {
  expect(whyTask(run(), a, task({}))).toEqual([
    { kind: "pool-full", site: "local", pool: "light", taken: 2, slots: 2 },
  ]);
  const free = run({ pools: [{ site: "local", pool: "light", taken: 0, slots: 2 }] });
  expect(kinds(whyTask(free, a, task({ ahead: 7 })))).toEqual(["queue"]);
  expect(kinds(whyTask(free, a, task({})))).toEqual(["next-look"]);
  expect(kinds(whyTask(free, a, task({ pool: "gpu" })))).toEqual(["no-site"]);
});

test("a pool with room at one of its sites is not full", () => {
  const pools = [
    { site: "local", pool: "light", taken: 2, slots: 2 },
    { site: "hpc", pool: "light", taken: 1, slots: 9 },
  ];
  expect(kinds(whyTask(run({ pools }), a, task({})))).toEqual(["next-look"]);
});

test("what holds up the whole run comes before anything else", () => {
  const held = run({
    state: "held",
    holds: [{ node: null, tasks: null, by: "Ada", at: "2026-07-01T00:00:00.000Z", reason: "maintenance" }],
  });
  expect(whyRun(held)).toEqual([
    { kind: "run-held", by: "Ada", at: "2026-07-01T00:00:00.000Z", reason: "maintenance" },
  ]);
  expect(kinds(whyTask(held, a, task({})))).toEqual(["run-held"]);
  expect(kinds(whyTask(run({ hasWorker: false }), a, task({})))).toEqual(["no-worker"]);
});

test("a held task names the newest hold that is about it, and else its pipeline", () => {
  const hold = { node: "a", by: "Ada", at: "t", reason: "look first" };
  const holds = [
    { ...hold, tasks: ["x"] },
    { ...hold, tasks: null, by: "Bo" },
  ];
  expect(whyTask(run({ holds }), a, task({ state: "held", key: "x" }))).toMatchObject([
    { kind: "task-held", by: "Ada" },
  ]);
  expect(whyTask(run({ holds }), a, task({ state: "held", key: "y" }))).toMatchObject([
    { kind: "node-held", by: "Bo" },
  ]);
  expect(kinds(whyTask(run(), a, task({ state: "held" })))).toEqual(["held-by-pipeline"]);
});

test("a reason is a sentence in both languages", () => {
  const reason = { kind: "upstream", node: "a", state: "running", left: 3, total: 5 } as const;
  const say = (locale: "en" | "it") => sayWhy(reason, { locale, messages: messages[locale], localTimes: false });
  expect(say("en")).toBe("It waits for a: running, 3 of 5 tasks left.");
  expect(say("it")).toBe("Aspetta a: in corso, mancano 3 compiti su 5.");
});
