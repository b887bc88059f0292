import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { event } from "@/drizzle/schema/engine";
import { metSource, product } from "@/drizzle/schema/portal";
import { asId, type RunId } from "@/lib/ids";
import type { Fragment } from "@/lib/map/product";
import { commitProduct, type FragmentRef } from "@/server/engine/commit-product";
import type { ProductDeps } from "@/server/engine/product-deps";
import { reconcileCoverage, settleProducts } from "@/server/engine/settle-products";
import { localConnection } from "@/server/executors/connection/local";
import { aFolder } from "@/test/fixtures/a-folder";
import { aFragment } from "@/test/fixtures/a-fragment";
import { aLambertGrid } from "@/test/fixtures/a-product";
import { aRunRow } from "@/test/fixtures/a-run-row";
import { freshDatabase } from "@/test/fixtures/database";

async function aStore() {
  const database = await freshDatabase();
  const folder = await aFolder();
  const deps: ProductDeps = {
    db: database.db,
    connection: localConnection(),
    storePath: join(folder.path, "store"),
    now: () => new Date("2026-07-01T00:10:00Z"),
    log: { info: () => undefined, warn: () => undefined },
    metSourcesOf: () => ["demo-weather"],
  };
  const runId = await aRunRow(database.db);
  const ref = (name: string): FragmentRef => ({
    runId,
    generation: 1,
    pipelineId: asId("smoke"),
    productId: asId("smoke"),
    organisationId: null,
    outFolder: join(folder.path, name),
  });
  return {
    deps,
    runId,
    ref,
    productFolder: join(deps.storePath, `smoke/${runId}-g1`),
    row: async () => (await database.db.select().from(product))[0],
    events: async () =>
      (await database.db.select().from(event).where(eq(event.runId, runId)).orderBy(event.id)).map(
        ({ kind, data }) => `${kind} ${data.index ?? data.productId}`,
      ),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const closing: Fragment["closing"] = { netcdf: "netcdf/smoke.nc", cog: [], summary: { steps: 2 }, met: null };
const netcdf = { files: { "netcdf/smoke.nc": "CDF" } };
const readJson = async (path: string) => JSON.parse(await readFile(path, "utf8"));

test("a step is in the store, in the database and in coverage.json, and followers are told", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [1]);
  await commitProduct(store.deps, store.ref("a"));
  expect(await readFile(join(store.productFolder, "map.zarr/pm25/1.0.0"), "utf8")).toBe("chunk 1");
  const coverage = await readJson(join(store.productFolder, "coverage.json"));
  expect(coverage).toMatchObject({ state: "running", expectedSteps: 2, steps: [{ index: 1 }] });
  expect((await store.row())?.coverage).toEqual(coverage);
  expect(await store.events()).toEqual(["step-published 1"]);
});

test("committing twice, in any order and at once, ends as committing once", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [0]);
  await aFragment(store.ref("b").outFolder, store.runId, [1]);
  await aFragment(store.ref("c").outFolder, store.runId, [], { closing, ...netcdf });
  await Promise.all(["b", "a", "b", "a"].map((name) => commitProduct(store.deps, store.ref(name))));
  await commitProduct(store.deps, store.ref("c"));
  const once = await store.row();
  const files = await readdir(store.productFolder, { recursive: true });
  for (const name of ["c", "a", "b"]) await commitProduct(store.deps, store.ref(name));
  expect(await store.row()).toEqual(once);
  expect(await readdir(store.productFolder, { recursive: true })).toEqual(files);
  expect(once?.coverage.steps.map((step) => step.index)).toEqual([0, 1]);
  expect(once?.coverage).toMatchObject({ state: "complete", netcdf: "netcdf/smoke.nc", summary: { steps: 2 } });
  expect((await store.events()).sort()).toEqual(["product-completed smoke", "step-published 0", "step-published 1"]);
  expect(await readJson(join(store.productFolder, "coverage.json"))).toEqual(once?.coverage);
});

test("a closed product lists the hash of every file", async () => {
  await using store = await aStore();
  const fragment = await aFragment(store.ref("a").outFolder, store.runId, [0], { closing, ...netcdf });
  await commitProduct(store.deps, store.ref("a"));
  const manifest = await readJson(join(store.productFolder, "manifest.json"));
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  expect(manifest.files).toEqual([...fragment.files].sort(byPath));
  expect(manifest.contentSha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await store.row())?.coverage.state).toBe("partial");
});

test("weather that is complete serves requests under its configured name, and an older cycle does not replace it", async () => {
  await using store = await aStore();
  const hour = "history/wrfout_d01_2026-07-01_00:00:00.nc";
  const offer = async (name: string, validAtUtc: string) => {
    const bounds = { south: 40, north: 42, west: 13, east: 16 };
    const met = {
      source: "demo-weather",
      files: [{ path: hour, sizeBytes: 3, sha256: null }],
      frames: [{ validAtUtc, file: 0, record: 0, grid: aLambertGrid, bounds }],
      derived: [],
      demonstration: true,
      runId: null,
    };
    const runId = await aRunRow(store.deps.db);
    const ref = { ...store.ref(name), runId };
    await aFragment(ref.outFolder, runId, [0], { files: { [hour]: "CDF" }, closing: { ...netcdfClosing, met } });
    await commitProduct(store.deps, ref);
    return runId;
  };
  const netcdfClosing = { netcdf: hour, cog: [], summary: {} };
  const newest = await offer("new", "2026-07-01T00:00:00Z");
  await offer("old", "2026-06-30T00:00:00Z");
  const [row] = await store.deps.db.select().from(metSource);
  expect(row?.inventory).toMatchObject({ source: "demo-weather", runId: newest });
  expect(row?.inventory.files[0]?.path).toBe(join(store.deps.storePath, `smoke/${newest}-g1`, hour));
});

test("a fragment that is not what it says is refused and leaves no row", async () => {
  await using store = await aStore();
  const out = store.ref("a").outFolder;
  const refused = (code: string) => expect(commitProduct(store.deps, store.ref("a"))).rejects.toMatchObject({ code });
  await refused("fragment-invalid");
  const good = await aFragment(out, store.runId, [0]);
  const write = (fragment: unknown) => writeFile(join(out, "fragment.json"), JSON.stringify(fragment));
  const [file] = good.files;
  for (const path of ["../../escaped", "/etc/cron.d/x", "coverage.json", "map.zarr/../../x", "a/x.part-1", "a\nb"]) {
    await write({ ...good, files: [{ ...file, path }] });
    await refused("fragment-invalid");
  }
  await write({ ...good, steps: [{ index: 7, validAtUtc: "2026-07-01T01:00:00Z", extremes: {} }] });
  await refused("fragment-invalid");
  await write({ ...good, description: { ...good.description, runId: asId<RunId>("another") } });
  await refused("fragment-invalid");
  await write(good);
  await writeFile(join(out, "files/map.zarr/pm25/0.0.0"), "tampered");
  await refused("artifact-changed");
  expect(await store.row()).toBeUndefined();
});

test("a stored file is never replaced by another content", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [0]);
  await commitProduct(store.deps, store.ref("a"));
  await aFragment(store.ref("b").outFolder, store.runId, [1], { files: { "map.zarr/.zgroup": "other" } });
  await expect(commitProduct(store.deps, store.ref("b"))).rejects.toMatchObject({
    code: "artifact-changed",
    fields: { path: "map.zarr/.zgroup" },
  });
  expect(await readFile(join(store.productFolder, "map.zarr/.zgroup"), "utf8")).toBe("{}");
});

test("the fragment keeps its files, for other tasks may be staged from there", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [0]);
  await commitProduct(store.deps, store.ref("a"));
  expect((await stat(join(store.ref("a").outFolder, "files/map.zarr/pm25/0.0.0"))).size).toBe(7);
});

test("a coverage.json lost in a crash is written again", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [0]);
  await commitProduct(store.deps, store.ref("a"));
  const path = join(store.productFolder, "coverage.json");
  const before = await readFile(path, "utf8");
  await rm(path);
  await reconcileCoverage(store.deps, new Date(0));
  expect(await readFile(path, "utf8")).toBe(before);
});

test("a run that ends early leaves its product partial", async () => {
  await using store = await aStore();
  await aFragment(store.ref("a").outFolder, store.runId, [0]);
  await commitProduct(store.deps, store.ref("a"));
  await settleProducts(store.deps, store.runId, 1);
  expect((await readJson(join(store.productFolder, "coverage.json"))).state).toBe("partial");
});
