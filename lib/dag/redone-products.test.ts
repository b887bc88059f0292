import { expect, test } from "vitest";
import { decide } from "@/lib/dag/decide";
import { buildGraph } from "@/lib/dag/graph";
import { type MemoryRun, startMemoryRun } from "@/lib/dag/memory-run";
import { redoneProducts } from "@/lib/dag/redone-products";
import { asId, type ProductId, type TaskId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const product = asId<ProductId>("p");
const taskId = (name: string) => asId<TaskId>(`${name}.0`);

/** Two publishing nodes after a model; the second fails when it is not `whole`. */
function aPublishedRun(whole: boolean): MemoryRun {
  const { definition } = aPipeline(
    [
      command("model", { command: "true" }),
      { ...command("first", { command: "true", after: ["model"] }), product },
      { ...command("second", { command: "true", after: ["first"] }), product },
    ],
    [{ id: product, title: { en: "P", it: "P" }, domain: "d01", licence: "CC-BY-4.0", citation: "P" }],
  );
  const run = startMemoryRun(buildGraph(definition));
  run.send({ kind: "start" });
  for (const name of ["model", "first"]) {
    run.claim();
    run.send({ kind: "completed", taskId: taskId(name), artifacts: [] });
  }
  run.claim();
  const second = taskId("second");
  run.send(
    whole ? { kind: "completed", taskId: second, artifacts: [] } : { kind: "failed", taskId: second, reason: "no" },
  );
  return run;
}

const redoneBy = (run: MemoryRun, event: Parameters<typeof decide>[1]) =>
  redoneProducts(run.state(), decide(run.state(), event));

test("trying again what never published makes nothing anew", () => {
  expect(redoneBy(aPublishedRun(false), { kind: "retry" })).toEqual([]);
});

test("a rerun of one publishing node keeps the parts of the other", () => {
  const event = { kind: "rerun", taskIds: [taskId("first")], downstream: false } as const;
  expect(redoneBy(aPublishedRun(true), event)).toEqual([{ product, kept: ["second"] }]);
});

test("a rerun with all that came of it keeps none, and one of what does not publish touches no product", () => {
  const run = aPublishedRun(true);
  const event = { kind: "rerun", taskIds: [taskId("model")], downstream: true } as const;
  expect(redoneBy(run, event)).toEqual([{ product, kept: [] }]);
  expect(redoneBy(run, { ...event, downstream: false })).toEqual([]);
});
