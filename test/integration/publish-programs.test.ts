import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { get, open, root } from "zarrita";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { fragmentSchema } from "@/lib/map/fragment-schema";
import { closeProduct } from "@/server/programs/close-product/close-product";
import { closeProductJob } from "@/server/programs/close-product/job";
import { publishJob } from "@/server/programs/publish/job";
import { publishHour } from "@/server/programs/publish/publish-hour";
import { aFolder } from "@/test/fixtures/a-folder";
import { aProduct } from "@/test/fixtures/a-product";

const quiet = () => undefined;

test("an hour becomes a fragment: metadata before chunks, every file with its hash", async () => {
  await using folder = await aFolder();
  const fragment = await publish(folder.path, "2026-07-01T02:00:00Z");
  const paths = fragment.files.map(({ path }) => path);
  expect(paths[0]).toBe("map.zarr/.zgroup");
  expect(paths.slice(-2)).toEqual(["map.zarr/pm25/1.0.0", "cog/smoke_fire_pm25_20260701Z0200.tif"]);
  expect(fragment.steps).toEqual([
    { index: 1, validAtUtc: "2026-07-01T02:00:00Z", extremes: { pm25: { min: 0, max: expect.closeTo(1.9, 9) } } },
  ]);
  expect(fragment.closing).toBeNull();
});

test("an hour published twice gives the same bytes", async () => {
  await using one = await aFolder();
  await using other = await aFolder();
  const [first, second] = [
    await publish(one.path, "2026-07-01T01:00:00Z"),
    await publish(other.path, "2026-07-01T01:00:00Z"),
  ];
  expect(second).toEqual(first);
});

test("an hour that the product does not plan is refused", async () => {
  await using folder = await aFolder();
  await expect(publish(folder.path, "2026-07-01T09:00:00Z")).rejects.toThrow(/fragment-invalid.*09:00/);
});

test("an hour on another grid is refused", async () => {
  await using folder = await aFolder();
  await expect(publish(folder.path, "2026-07-01T01:00:00Z", 14.5)).rejects.toThrow(/grid-mismatch.*lon/);
});

test("a product with a missing hour closes with what is there, the hour reading as fill", async () => {
  await using folder = await aFolder();
  await publish(folder.path, "2026-07-01T02:00:00Z");
  const out = join(folder.path, "closed");
  const inputs = { fragments: join(folder.path, "out") };
  await closeProduct(closeProductJob.parse({ program: "close-product", params: {}, inputs, out }), quiet);
  const { closing, files, steps } = fragmentSchema.parse(
    JSON.parse(await readFile(join(out, "fragment.json"), "utf8")),
  );
  expect(steps).toEqual([]);
  expect(closing?.summary).toMatchObject({ steps: 1, variables: { pm25: { min: 0, units: "ug m-3" } } });
  expect(closing?.cog).toEqual(["cog/smoke_fire_pm25_20260701Z0200.tif"]);
  expect(files.map(({ path }) => path)).toContain("netcdf/smoke_fire_20260701Z0100.nc");
  const store = new Map<`/${string}`, Uint8Array>();
  for (const { path } of files) store.set(`/${path}`, await readFile(join(out, "files", path)));
  const pm25 = await open.v2(root(store).resolve("series.zarr/pm25"), { kind: "array" });
  expect(pm25.chunks).toEqual([2, 32, 32]);
  expect([...(await get(pm25, [null, 3, 4])).data]).toEqual([-2_147_483_648, 19]);
});

test("a product without any hour cannot be closed", async () => {
  await using folder = await aFolder();
  const inputs = { fragments: folder.path };
  const job = closeProductJob.parse({ program: "close-product", params: {}, inputs, out: join(folder.path, "out") });
  await expect(closeProduct(job, quiet)).rejects.toThrow(/fragment-invalid/);
});

/** Publishes a plume hour whose cell n holds n / 10 ug m-3. */
async function publish(folder: string, time: string, lon0 = 14) {
  const product = aProduct();
  const hour = join(folder, "hour.nc");
  await writeFile(hour, smokeHour(time, lon0));
  const out = join(folder, "out");
  const params = { product, runId: "r1", generation: 1, source: "smoke-hour", headline: ["pm25"] };
  await publishHour(publishJob.parse({ program: "publish", params, inputs: { hour }, out }), quiet);
  return fragmentSchema.parse(JSON.parse(await readFile(join(out, "fragment.json"), "utf8")));
}

function smokeHour(time: string, lon0: number): Uint8Array {
  return encodeClassicNetcdf({
    name: "hour.nc",
    dimensions: { time: 1, lat: 4, lon: 5 },
    attributes: {},
    variables: [
      {
        name: "time",
        dimensions: ["time"],
        attributes: { units: "hours since 2026-07-01 00:00:00" },
        data: Float64Array.of((Date.parse(time) - Date.parse("2026-07-01T00:00:00Z")) / 3_600_000),
      },
      { name: "lat", dimensions: ["lat"], data: Float64Array.from([0, 1, 2, 3], (row) => 40.5 + row * 0.008) },
      { name: "lon", dimensions: ["lon"], data: Float64Array.from([0, 1, 2, 3, 4], (column) => lon0 + column * 0.01) },
      {
        name: "pm25",
        dimensions: ["time", "lat", "lon"],
        data: Float32Array.from({ length: 20 }, (_, cell) => cell / 10),
      },
    ],
  });
}
