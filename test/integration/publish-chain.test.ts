import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { metSource } from "@/drizzle/schema/portal";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import { demoWeather } from "@/pipelines/demo-weather/pipeline";
import { commitProduct, type FragmentRef } from "@/server/engine/commit-product";
import { localConnection } from "@/server/executors/connection/local";
import { runContained } from "@/server/executors/run-contained";
import { getProduct } from "@/server/services/products/get-product";
import { openProductFile } from "@/server/services/products/open-product-file";
import { aFolder } from "@/test/fixtures/a-folder";
import { aRunRow } from "@/test/fixtures/a-run-row";
import { freshDatabase } from "@/test/fixtures/database";

const programsPath = fileURLToPath(new URL("../../dist/programs", import.meta.url));
const id = "demo-weather";
const cycle = "2026-07-01T00Z";

test("weather published hour by hour by the real programs becomes a whole product that drives requests", async () => {
  await using database = await freshDatabase();
  await using folder = await aFolder();
  const { db } = database;
  const runId = await aRunRow(db, { pipelineId: asId<PipelineId>(id), cycle: asId(cycle) });
  const limits = { hours: 72, particles: 1000 };
  const input = demoWeather.prepare({ hours: 1 }, { nowUtc: "2026-07-01T00:05:00Z", cycle, met: null, limits });
  const scratchOf = (task: string) => join(folder.path, "scratch", task);
  const runTask = (task: string, job: { program: string; params: object; inputs?: Record<string, string> }) =>
    runContained({
      ...{ programsPath, scratch: scratchOf(task), program: job.program, inputs: job.inputs },
      params: { ...job.params },
      ...{ timeoutSeconds: 100, heapMb: 1024, dataMb: 8192 },
    });
  const storePath = join(folder.path, "store");
  const deps = {
    ...{ db, connection: localConnection(), storePath, now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined },
    metSourcesOf: (pipelineId: PipelineId) => (pipelineId === id ? [id] : []),
  };
  const commit = (task: string) => {
    const ref: FragmentRef = {
      ...{ runId, generation: 1, pipelineId: asId<PipelineId>(id), productId: asId<ProductId>(id) },
      ...{ organisationId: null, outFolder: join(scratchOf(task), "out") },
    };
    return commitProduct(deps, ref);
  };
  const ctx = { db, actor: { kind: "anonymous" } as const, config: { storePath } };
  const latest = () => getProduct(ctx, { productId: id, run: "latest" });

  await runTask("simulate", { program: id, params: { cycle, hours: 1 } });
  const params = { product: input.product, runId, generation: 1, source: "wrf", headline: [], keepHistory: true };
  for (const hour of ["00", "01"]) {
    const file = join(scratchOf("simulate"), `out/wrfout_d01_2026-07-01_${hour}:00:00.nc`);
    await runTask(`publish/${hour}`, { program: "publish", params, inputs: { hour: file } });
    await commit(`publish/${hour}`);
    expect((await latest()).coverage).toMatchObject({ state: "running", expectedSteps: 2 });
  }
  const inputs = { fragments: scratchOf("publish") };
  await runTask("close", { program: "close-product", params: { weather: true }, inputs });
  await commit("close");

  const { coverage, storePath: productFolder } = await latest();
  expect(coverage).toMatchObject({ state: "complete", steps: [{ index: 0 }, { index: 1 }] });
  const netcdf = await openProductFile(ctx, { productId: id, run: `${runId}-g1`, path: coverage.netcdf ?? "" });
  expect(netcdf.sizeBytes).toBeGreaterThan(10_000);
  const manifest = JSON.parse(await readFile(join(storePath, productFolder, "manifest.json"), "utf8"));
  expect(manifest.files.length).toBeGreaterThan(10);
  const [source] = await db.select().from(metSource);
  expect(source?.inventory).toMatchObject({ source: id, runId, demonstration: true });
  for (const file of source?.inventory.files ?? []) expect((await stat(file.path)).size).toBe(file.sizeBytes);
  expect(source?.inventory.frames).toHaveLength(2);
});
