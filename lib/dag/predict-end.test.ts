import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGraph } from "@/lib/dag/graph";
import { type NodeProgress, predictEnd } from "@/lib/dag/predict-end";
import { asId, type NodeId } from "@/lib/ids";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const predict = (
  nodes: readonly NodeDefinition[],
  about: {
    readonly nowSeconds?: number;
    readonly took?: Readonly<Record<string, readonly number[]>>;
    readonly progress?: Readonly<Record<string, NodeProgress>>;
  },
) => {
  const byId = <Value>(record: Readonly<Record<string, Value>> = {}) =>
    new Map(Object.entries(record).map(([id, value]) => [asId<NodeId>(id), value]));
  return predictEnd(buildGraph(aPipeline(nodes).definition), {
    nowMs: (about.nowSeconds ?? 0) * 1000,
    nodes: byId(about.progress),
    durationsSeconds: byId(about.took),
  });
};

const diamond = [
  command("a", { command: "x" }),
  command("b", { command: "x", after: ["a"] }),
  command("c", { command: "x", after: ["a"] }),
  command("d", { command: "x", after: ["b", "c"] }),
];
const took = { a: [10], b: [20], c: [50], d: [5] };

describe("the predicted end", () => {
  test("is the longest way through what remains", () => {
    expect(predict(diamond, { took })).toEqual({ endsAtMs: 65_000, criticalPath: ["a", "c", "d"], unknown: [] });
  });

  test("leaves out what has ended, and what runs longer than ever ends now at the earliest", () => {
    const ended = { state: "completed", startedAtMs: 0 } as const;
    const running = { state: "running", startedAtMs: 30_000 } as const;
    const progress = { a: ended, b: running, c: ended };
    expect(predict(diamond, { nowSeconds: 100, took, progress })).toEqual({
      ...{ endsAtMs: 105_000, criticalPath: ["b", "d"], unknown: [] },
    });
  });

  test("takes the p90 of the last 30 durations", () => {
    const old = Array.from({ length: 10 }, () => 1000);
    const last = Array.from({ length: 30 }, (_, index) => index + 1);
    expect(predict([command("a", { command: "x" })], { took: { a: [...old, ...last] } }).endsAtMs).toBe(27_000);
  });

  test("names what has no history", () => {
    expect(predict(diamond, { took: { a: [1] } })).toMatchObject({ endsAtMs: 1000, unknown: ["b", "c", "d"] });
  });

  test("lets a node that streams run beside its producer and end after it", () => {
    const nodes = [
      command("model", { command: "x" }),
      command("map", { fan: "single", command: "x", inputs: { hour: ref("workflow:///model/*", { stream: true }) } }),
    ];
    expect(predict(nodes, { took: { model: [60], map: [50] } })).toMatchObject({ endsAtMs: 60_000 });
    expect(predict(nodes, { took: { model: [60], map: [70] } })).toMatchObject({ endsAtMs: 70_000 });
  });

  test("of a chain of any length needs no recursion", () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      command(`n${index}`, { command: "x", after: index === 0 ? [] : [`n${index - 1}`] }),
    );
    const each = Object.fromEntries(chain.map(({ id }) => [id, [1]]));
    const { endsAtMs, criticalPath } = predict(chain, { took: each });
    expect([endsAtMs, criticalPath.length]).toEqual([5_000_000, 5000]);
  });

  test("never comes earlier when a node takes longer", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }),
        fc.nat(3),
        fc.nat(50),
        (seconds, which, more) => {
          const of = (extra: number) =>
            Object.fromEntries(diamond.map(({ id }, at) => [id, [(seconds[at] ?? 0) + (at === which ? extra : 0)]]));
          expect(predict(diamond, { took: of(more) }).endsAtMs).toBeGreaterThanOrEqual(
            predict(diamond, { took: of(0) }).endsAtMs,
          );
        },
      ),
    );
  });
});
