import { afterAll, beforeAll, expect, test } from "vitest";
import { asId, type ProductId } from "@/lib/ids";
import { readRunResult } from "@/server/cli/run/run-result";
import { requestRun } from "@/server/services/runs/request-run";
import { findSeaInventory } from "@/server/store/sea-source";
import { aHost, type Host } from "@/test/fixtures/a-host";

let host: Host;
beforeAll(async () => {
  host = await aHost();
  await host.startWorker();
});
afterAll(() => host[Symbol.asyncDispose]());

test("the demonstration sea becomes a source of currents, and a mussel run asks for no more than a start", async () => {
  const cycle = { pipelineId: "demo-sea", input: { hours: 6, hoursBefore: 3 } };
  const { runId } = await requestRun(host.ctx, cycle);
  const sea = await host.ended(runId);
  expect([sea.state, sea.reason]).toEqual(["completed", null]);
  const inventory = await findSeaInventory(host.ctx.db, "demo-sea");
  expect(inventory).toMatchObject({ demonstration: true, runId, derived: ["w"] });
  expect(inventory?.frames).toHaveLength(10);

  const start = inventory?.frames[3]?.validAtUtc;
  const asked = await requestRun(host.ctx, { pipelineId: "mussel", input: { start, hours: 4, spinUpHours: 3 } });
  const view = await host.ended(asked.runId);
  expect([view.state, view.reason]).toEqual(["completed", null]);
  const { products } = await readRunResult(host.ctx, view, [asId<ProductId>("mussel")]);
  expect(products[0]?.stats).toMatchObject({
    steps: 7,
    report: { demonstration: true, farms: [{ name: "Cape farm (invented)" }, {}, {}, {}] },
  });
});
