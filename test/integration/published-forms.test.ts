import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { productCoordinates } from "@/lib/formats/grid-coordinates";
import { type PackedArray, unpackValues } from "@/lib/formats/pack";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { readInventory } from "@/lib/formats/wrf/read-inventory";
import { decodeChunk } from "@/lib/formats/zarr/chunk";
import { mapChunkPath } from "@/lib/formats/zarr/map-store";
import { hourFileName } from "@/lib/map/file-grammar";
import { productPaths } from "@/lib/map/product";
import { type PlannedProduct, plannedProductSchema } from "@/lib/map/product-schema";
import { demoWeather } from "@/pipelines/demo-weather/pipeline";
import { gunzip } from "@/server/formats/deflate";
import { openDataset } from "@/server/formats/open-dataset";
import { demoWeatherJob } from "@/server/programs/demo-weather/job";
import { simulateCycle } from "@/server/programs/demo-weather/simulate-cycle";
import { aFolder } from "@/test/fixtures/a-folder";
import { aProduct } from "@/test/fixtures/a-product";
import { aSmokeHour } from "@/test/fixtures/a-smoke-hour";
import { hasCdo, hasGdal, runGdalPython, runTool, validateCog } from "@/test/fixtures/gdal";
import { publishProduct } from "@/test/fixtures/publish-product";
import { hasPythonClients, openWithPython } from "@/test/fixtures/python-clients";

const script = fileURLToPath(new URL("../fixtures/read-published.py", import.meta.url));
type Form = { values: number[]; scale: number; offset: number; fill: number };
type Published = Awaited<ReturnType<typeof publishProduct>>;

const weatherPlan = plannedProductSchema.parse(
  demoWeather.prepare(
    { hours: 1 },
    { nowUtc: "2026-07-01T08:00:00Z", cycle: "2026-07-01T12Z", met: null, limits: { hours: 72, particles: 1 } },
  ).product,
);
const smokeGrid = { kind: "latlon", nX: 300, nY: 270, lon0: 14, lat0: 40.5, dLon: 0.002, dLat: 0.0015 } as const;
const smokePlan: PlannedProduct = plannedProductSchema.parse({ ...aProduct(), grid: smokeGrid });

let folder: Awaited<ReturnType<typeof aFolder>>;
let weather: Published;
let smoke: Published;

beforeAll(async () => {
  folder = await aFolder();
  const hours = join(folder.path, "wrf");
  const params = { cycle: "2026-07-01T12Z", hours: 1 };
  await simulateCycle(
    demoWeatherJob.parse({ program: "demo-weather", params, inputs: {}, out: hours }),
    () => undefined,
  );
  const wind = { product: weatherPlan, source: "wrf", headline: ["wind_speed"], hours } as const;
  weather = await publishProduct(join(folder.path, "weather"), wind);
  const smokeHours = join(folder.path, "smoke-hours");
  await mkdir(smokeHours);
  await writeFile(join(smokeHours, "ledger.json"), JSON.stringify({ emittedKg: 2, relativeError: 0 }));
  for (const [index, time] of smokePlan.times.entries())
    await writeFile(join(smokeHours, `smoke_000${index + 1}.nc`), aSmokeHour(smokeGrid, { time, index }));
  const plume = { product: smokePlan, source: "smoke-hour", headline: ["pm25"], hours: smokeHours } as const;
  smoke = await publishProduct(join(folder.path, "smoke"), plume);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.each([
  ["weather on a Lambert grid", () => weather, "wind_speed"],
  ["smoke on a longitude-latitude grid", () => smoke, "pm25"],
] as const)("%s", (_, published, variable) => {
  test.skipIf(!hasGdal)("holds the same integers, scale, offset and fill in Zarr, NetCDF and GeoTIFF", () => {
    const { store, closing, description } = published();
    const [tiff = ""] = closing.cog.slice(1);
    const paths = ["map.zarr", "series.zarr", closing.netcdf, tiff].map((path) => join(store, path));
    const result = runGdalPython(script, ...paths, variable, "1");
    expect(result.stderr).toBe("");
    const { places, ...forms }: Record<string, Form> & { places: unknown[] } = JSON.parse(result.stdout);
    for (const each of places) expect(JSON.stringify(each)).toBe(JSON.stringify(placesOf(description)));
    const { grid } = description;
    for (const form of Object.values(forms)) {
      expect(form.values).toHaveLength(grid.nX * grid.nY);
      expect(JSON.stringify(form)).toBe(JSON.stringify(forms.zarr));
    }
    const packing = description.variables.find(({ name }) => name === variable)?.packing;
    const { scale, offset, fill } = forms.zarr ?? { scale: 0, offset: 0, fill: 0 };
    expect({ scale, offset, fill, dtype: packing?.dtype }).toEqual(packing);
    expect(new Set(forms.zarr?.values).size).toBeGreaterThan(10);
  });

  test.skipIf(!hasPythonClients)(
    "opens in xarray, zarr, netCDF4 and rasterio without a warning, with all it holds",
    async () => {
      const { store, closing, description } = published();
      const packed = await readPacked(store, description);
      const hours = description.times.map((time, step) => ({
        path: join(store, productPaths.hourly, hourFileName(description, time)),
        steps: [step],
      }));
      const result = await openWithPython(join(store, "..", "clients"), {
        description,
        packed,
        stores: [productPaths.mapZarr, productPaths.seriesZarr].map((path) => join(store, path)),
        netcdf: [{ path: join(store, closing.netcdf), steps: description.times.map((_, step) => step) }, ...hours],
        cog: closing.cog.map((path, step) => ({ path: join(store, path), variable, step })),
      });
      expect([result.stdout, result.stderr, result.exitCode]).toEqual(["", "", 0]);
    },
  );

  test.skipIf(!hasGdal)("has GeoTIFFs that GDAL's validator accepts", () => {
    const { store, closing } = published();
    expect(closing.cog).toHaveLength(2);
    for (const path of closing.cog) {
      const { exitCode, stdout } = validateCog(join(store, path));
      expect(stdout).toContain("is a valid cloud optimized GeoTIFF");
      expect(exitCode).toBe(0);
    }
  });

  test.skipIf(!hasGdal)("has a NetCDF that ncdump and gdalinfo open without a word of warning", () => {
    const { store, closing } = published();
    const path = join(store, closing.netcdf);
    const dump = runTool("ncdump", "-h", path);
    expect([dump.exitCode, dump.stderr]).toEqual([0, ""]);
    expect(dump.stdout).toContain("time = UNLIMITED ; // (2 currently)");
    expect(dump.stdout).toContain(':Conventions = "CF-1.8, ACDD-1.3"');
    const info = runTool("gdalinfo", `NETCDF:"${path}":${variable}`);
    expect([info.exitCode, info.stderr]).toEqual([0, ""]);
    expect(info.stdout).toContain("NETCDF_DIM_time_DEF={2,6}");
  });

  test.skipIf(!hasCdo)("has a NetCDF whose grid, times and numbers cdo reads without a warning", async () => {
    const { store, closing, description } = published();
    const path = join(store, closing.netcdf);
    const { nX, nY } = description.grid;
    const grid = runTool("cdo", "-s", "griddes", path);
    expect([grid.exitCode, grid.stderr]).toEqual([0, ""]);
    expect(grid.stdout).toMatch(new RegExp(`xsize\\s+= ${nX}\\nysize\\s+= ${nY}`));
    expect(runTool("cdo", "-s", "showtimestamp", path).stdout.trim().split(/\s+/)).toEqual(
      description.times.map((time) => time.replace(/(\.000)?Z$/, "")),
    );
    const read = runTool("cdo", "-s", "outputf,%.9g,1", "-seltimestep,2", `-selname,${variable}`, path);
    expect([read.exitCode, read.stderr]).toEqual([0, ""]);
    const { [variable]: steps } = await readPacked(store, description);
    const packing = description.variables.find(({ name }) => name === variable)?.packing;
    if (packing === undefined || steps?.[1] === undefined) throw new Error(`${variable} is not published`);
    const values = read.stdout.trim().split("\n").map(Number);
    const wrong = [...unpackValues(packing, steps[1])].filter((value, cell) => {
      const got = values[cell] ?? Number.NaN;
      return Number.isNaN(value) ? got > -1e9 : !(Math.abs(got - value) < packing.scale / 1000);
    });
    expect([values.length, wrong]).toEqual([nX * nY, []]);
  });

  test("says the extremes that its files hold", () => {
    const { fragments, closing } = published();
    const steps = fragments.flatMap((fragment) => fragment.steps.map((step) => step.extremes[variable]));
    const { min, max } = Reflect.get(Object(closing.summary.variables), variable);
    expect([min, max]).toEqual([
      Math.min(...steps.map((step) => step?.min ?? Number.NaN)),
      Math.max(...steps.map((step) => step?.max ?? Number.NaN)),
    ]);
  });
});

test("a smoke product's summary carries the model's ledger", () => {
  expect(smoke.closing.summary.ledger).toEqual({ emittedKg: 2, relativeError: 0 });
  expect(smoke.closing.met).toBeNull();
});

test("the demonstration hours are accepted as weather with nothing derived and no label", async () => {
  const { store, closing } = weather;
  const files = closing.met?.files ?? [];
  const read = await readInventory(
    files.map((file) => ({ file, open: () => openDataset(join(store, file.path)) })),
    "demo-weather",
  );
  expect(read.derived).toEqual([]);
  expect(read.demonstration).toBe(true);
  expect(read.frames.map(({ validAtUtc }) => validAtUtc)).toEqual(weatherPlan.times);
  const [frame] = read.frames;
  const [file] = files;
  if (frame === undefined || file === undefined) throw new Error("no frame");
  const dataset = await openDataset(join(store, file.path));
  const window = { i0: 10, j0: 20, nX: 30, nY: 25 };
  const { degraded, heightWM, w } = await readFrame(dataset, frame, window);
  await dataset.close();
  expect(degraded).toEqual([]);
  expect(Math.abs(heightWM[0] ?? Number.NaN)).toBeLessThan(0.1);
  expect(w.length).toBe(21 * 30 * 25);
});

test("the inventory of the product is what its files say", async () => {
  const { store, closing } = weather;
  const files = closing.met?.files ?? [];
  const read = await readInventory(
    files.map((file) => ({ file, open: () => openDataset(join(store, file.path)) })),
    "demo-weather",
  );
  const planned = closing.met?.frames ?? [];
  expect(read.frames).toHaveLength(planned.length);
  read.frames.forEach((frame, index) => {
    const { grid, bounds } = planned[index] ?? frame;
    expect([frame.grid.nX, frame.grid.nY, frame.grid.dX]).toEqual([grid.nX, grid.nY, grid.dX]);
    // XLAT and XLONG are float32: a place is known to a metre.
    expect(Math.abs(frame.grid.x0 - grid.x0)).toBeLessThan(2);
    expect(Math.abs(frame.grid.y0 - grid.y0)).toBeLessThan(2);
    for (const side of ["south", "north", "west", "east"] as const)
      expect(frame.bounds[side]).toBeCloseTo(bounds[side], 3);
  });
});

/** Latitudes and longitudes of the cell centres, as files hold them. */
const placesOf = (description: Published["description"]) =>
  ["lat", "lon"].map((wanted) =>
    productCoordinates(description).flatMap(({ name, values }) => (name === wanted ? [...values] : [])),
  );

/** The integers of every step of the map store. */
async function readPacked(store: string, { variables, times, grid }: Published["description"]) {
  const packed: Record<string, PackedArray[]> = {};
  for (const { name, packing } of variables)
    packed[name] = await Promise.all(
      times.map(async (_, step) => {
        const chunk = await readFile(join(store, mapChunkPath(name, step)));
        return decodeChunk(chunk, { packing, length: grid.nX * grid.nY, gunzip });
      }),
    );
  return packed;
}
