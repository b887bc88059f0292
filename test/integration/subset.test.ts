import { spawnSync } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { packValues } from "@/lib/formats/pack";
import { readUnpacked } from "@/lib/formats/packing";
import { readTimes } from "@/lib/formats/read-times";
import { encodeMapStep } from "@/lib/formats/zarr/map-store";
import { asId } from "@/lib/ids";
import { cutProduct } from "@/lib/map/cut-product";
import type { ProductDescription } from "@/lib/map/product";
import { commitProduct } from "@/server/engine/commit-product";
import { localConnection } from "@/server/executors/connection/local";
import { runContained } from "@/server/executors/run-contained";
import { openDataset } from "@/server/formats/open-dataset";
import { writeFragment } from "@/server/formats/write-fragment";
import { provideContainment } from "@/server/services/contain-work";
import { exportProduct } from "@/server/services/open-data/export-product";
import { parseSubsetRequest } from "@/server/services/open-data/subset-request";
import { aFolder } from "@/test/fixtures/a-folder";
import { aProduct, aVariable } from "@/test/fixtures/a-product";
import { aRunRow } from "@/test/fixtures/a-run-row";
import { freshDatabase } from "@/test/fixtures/database";
import { hasGdal, runGdalPython, runTool } from "@/test/fixtures/gdal";
import { programsPath } from "@/test/fixtures/programs-path";
import { hasPythonClients, openWithPython } from "@/test/fixtures/python-clients";

const has = (tool: string, option: string) => spawnSync(tool, [option]).error === undefined;
const nX = 40;
const nY = 30;
const grid = { kind: "latlon", nX, nY, lon0: 14, lat0: 40.5, dLon: 0.01, dLat: 0.01 } as const;
const valueAt = (step: number, cell: number) => (cell % 37 === 0 ? Number.NaN : step * 1000 + cell);

let description: ProductDescription;
let folder: Awaited<ReturnType<typeof aFolder>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let ask: (query: string) => Promise<{ name: string; bytes: Buffer }>;
let askAny: (query: string) => ReturnType<typeof exportProduct>;
const scratches = async () => (await readdir(folder.path)).filter((name) => name.startsWith("web-"));

beforeAll(async () => {
  [folder, database] = [await aFolder(), await freshDatabase()];
  const runId = await aRunRow(database.db, { cycle: asId("2026-07-01T00Z") });
  description = aProduct({ runId, grid });
  const out = join(folder.path, "out");
  const gzip = async (bytes: Uint8Array) => gzipSync(bytes, { level: 6 });
  const steppedFiles = [0, 1].map((index) => {
    const pm25 = Float32Array.from({ length: nX * nY }, (_, cell) => valueAt(index, cell));
    return encodeMapStep(description, { index, values: { pm25 } }, gzip);
  });
  const files = (await Promise.all(steppedFiles)).flat();
  const steps = description.times.map((validAtUtc, index) => ({ index, validAtUtc, extremes: { pm25: null } }));
  const unique = [...new Map(files.map((file) => [file.path, file])).values()];
  await writeFragment(out, { description, steps, closing: null }, unique);
  const storePath = join(folder.path, "store");
  const log = { info: () => undefined, warn: () => undefined };
  const deps = { db: database.db, connection: localConnection(), storePath, now: () => new Date(), log };
  const { pipelineId, productId } = description;
  const ref = { runId, generation: 1, pipelineId, productId, organisationId: null, outFolder: out };
  await commitProduct({ ...deps, metSourcesOf: () => [] }, ref);
  provideContainment(runContained);
  const config = { storePath, scratchPath: folder.path, programsPath };
  const ctx = { db: database.db, actor: { kind: "anonymous" }, config } as const;
  askAny = async (query) => {
    const wish = parseSubsetRequest(new URLSearchParams(query));
    return exportProduct(ctx, { productId: "smoke", run: "latest", ...wish });
  };
  ask = async (query) => {
    const { name, stream } = await askAny(query);
    return { name, bytes: await buffer(stream) };
  };
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const part = "bbox=14.095,40.595,14.145,40.625&time=2026-07-01T02:00:00Z&variables=pm25";
/** Columns 10 to 14 and rows 10 to 12 of the second step. */
const wanted = [10, 11, 12].flatMap((row) => [10, 11, 12, 13, 14].map((column) => valueAt(1, row * nX + column)));

test("a subset holds the numbers, places and time that were asked for", async () => {
  const { name, bytes } = await ask(part);
  expect(name).toBe("smoke_fire_20260701Z0200.nc");
  const path = join(folder.path, "part.nc");
  await writeFile(path, bytes);
  const dataset = await openDataset(path);
  expect(dataset.dimensions).toEqual({ time: 1, lat: 3, lon: 5 });
  expect(await readTimes(dataset)).toEqual(["2026-07-01T02:00:00Z"]);
  const values = [...(await readUnpacked(dataset, "pm25"))];
  expect(values.map(Math.round)).toEqual(wanted);
  expect([...(await readUnpacked(dataset, "lon"))].map((lon) => lon.toFixed(2)).join()).toBe(
    "14.10,14.11,14.12,14.13,14.14",
  );
  await dataset.close();
});

test.skipIf(!has("ncdump", "-h"))("ncdump finds the bounds of the part, not of the whole", async () => {
  const path = join(folder.path, "dump.nc");
  await writeFile(path, (await ask(part)).bytes);
  const { stdout, stderr, exitCode } = runTool("ncdump", "-h", path);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(":geospatial_lon_min = 14.095");
  expect(stdout).toContain(':time_coverage_start = "2026-07-01T02:00:00Z"');
});

test.skipIf(!has("cdo", "--version"))("cdo reads the same grid, times and numbers without a warning", async () => {
  const path = join(folder.path, "cdo.nc");
  await writeFile(path, (await ask(part)).bytes);
  const values = runTool("cdo", "-s", "outputtab,date,time,lon,lat,value", path);
  expect([values.exitCode, values.stderr]).toEqual([0, ""]);
  const rows = values.stdout
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/\s+/));
  expect(rows).toHaveLength(15);
  expect(new Set(rows.map(([date, time]) => `${date} ${time}`))).toEqual(new Set(["2026-07-01 02:00:00"]));
  expect(rows.map(([, , lon, lat]) => `${Number(lon).toFixed(2)} ${Number(lat).toFixed(2)}`).slice(0, 2)).toEqual([
    "14.10 40.60",
    "14.11 40.60",
  ]);
  wanted.forEach((value, at) => {
    const read = Number(rows[at]?.[4]);
    if (Number.isNaN(value)) expect(read).toBeLessThan(-1e6);
    else expect(read).toBeCloseTo(value, 1);
  });
});

test.skipIf(!hasPythonClients)("xarray and netCDF4 read all of a subset without a warning", async () => {
  const path = join(folder.path, "xarray.nc");
  await writeFile(path, (await ask(part)).bytes);
  const cut = cutProduct(description, [0, 1], parseSubsetRequest(new URLSearchParams(part)).cut);
  const packed = packValues(aVariable(), Float64Array.from(wanted));
  const netcdf = [{ path, steps: [0] }];
  const forms = { description: cut.description, packed: { pm25: [packed] }, stores: [], netcdf, cog: [] };
  const result = await openWithPython(join(folder.path, "clients"), forms);
  expect([result.stdout, result.stderr, result.exitCode]).toEqual(["", "", 0]);
});

test("a table has a line for each cell with a value, its units in the header and its source before", async () => {
  const { name, bytes } = await ask(`${part}&format=csv`);
  expect(name).toBe("smoke_fire_20260701Z0200.csv");
  const lines = bytes.toString().trimEnd().split("\n");
  const notes = lines.filter((line) => line.startsWith("#"));
  expect(notes.join()).toMatch(/# run: .*-g1.*# licence: CC-BY-4.0.*# citation: Nereus, test product/);
  const [header, ...rows] = lines.slice(notes.length);
  expect(header).toBe("time (UTC),longitude (degrees_east),latitude (degrees_north),pm25 (ug m-3)");
  expect(rows).toHaveLength(wanted.filter((value) => !Number.isNaN(value)).length);
  expect(rows[0]).toBe(`2026-07-01T02:00:00Z,14.100000,40.600000,${wanted[0]}`);
});

const contours = "time=2026-07-01T02:00:00Z&levels=1200,1500,2000";

test.skipIf(!has("ogrinfo", "--version")).each([
  ["geojson", "polygons", "Multi Polygon"],
  ["geojson", "lines", "Multi Line String"],
  ["kml", "polygons", "Multi Polygon|Geometry Collection|Unknown"],
  ["kml", "lines", "Multi Line String|Geometry Collection|Unknown"],
])("ogrinfo opens %s of %s without a warning", async (format, kind, geometry) => {
  const { name, bytes } = await ask(`${contours}&format=${format}&contours=${kind}`);
  expect(name).toBe(`smoke_fire_pm25_${kind}_20260701Z0200.${format}`);
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  const { exitCode, stdout, stderr } = runTool("ogrinfo", "-al", "-geom=SUMMARY", path);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/Feature Count: [23]\n/);
  expect(stdout).toMatch(new RegExp(`Geometry: .*(${geometry})`));
  expect(stdout).toMatch(/WGS 84/);
  expect(bytes.toString()).toContain("CC-BY-4.0");
});

test.skipIf(!hasGdal)("GEOS calls every polygon of a field with holes valid, and none covers another", async () => {
  const { name, bytes } = await ask(`${contours}&format=geojson`);
  const path = join(folder.path, `valid-${name}`);
  await writeFile(path, bytes);
  const script = fileURLToPath(new URL("../fixtures/valid-polygons.py", import.meta.url));
  const result = runGdalPython(script, path);
  expect([result.stdout.trim(), result.stderr]).toEqual(["3 features", ""]);
});

test("at most two exports run at once, a few wait, more are sent away, and nothing stays behind", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 22 }, () => ask(`${part}&format=csv`)));
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused.map((reason) => (isNereusError(reason) ? reason.code : reason))).toEqual(Array(4).fill("portal-busy"));
  expect(await scratches()).toEqual([]);
});

test.each([
  ["format=kml", "subset-parameter-invalid"],
  [`${part}&format=gif`, "subset-parameter-invalid"],
  [`${part}&format=kml&levels=3,2`, "subset-parameter-invalid"],
  [`${part}&contours=lines`, "subset-parameter-invalid"],
  ["bbox=0,0,1,1", "subset-outside-grid"],
  ["time=2025-01-01T00:00:00Z/2025-01-02T00:00:00Z", "subset-outside-times"],
  ["variables=pm10", "variable-missing"],
  ["bbox=14,41,15", "subset-parameter-invalid"],
  ["bbox=14,41,15,40", "subset-parameter-invalid"],
  ["time=yesterday", "subset-parameter-invalid"],
  ["variables=a;drop", "subset-parameter-invalid"],
  ["box=1,2,3,4", "subset-parameter-invalid"],
])("%s is refused as %s", async (query, code) => {
  const refusal = await Promise.resolve()
    .then(() => ask(query))
    .catch((error: unknown) => error);
  expect(isNereusError(refusal) ? refusal.code : refusal).toBe(code);
});
