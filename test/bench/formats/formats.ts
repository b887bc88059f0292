import { spawnSync } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { packValues } from "@/lib/formats/pack";
import { encodeChunk } from "@/lib/formats/zarr/chunk";
import { encodeMapStep } from "@/lib/formats/zarr/map-store";
import { gzip } from "@/server/formats/deflate";
import { openDataset } from "@/server/formats/open-dataset";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { noisyField, writeLargeClassic, writeLargeNetcdf4 } from "@/test/bench/formats/large-files";
import { median } from "@/test/bench/median";
import { aFolder } from "@/test/fixtures/a-folder";
import { aProduct, aVariable } from "@/test/fixtures/a-product";
import { isAbsent, reference } from "@/test/fixtures/reference";

const classicRecords = 250;
const netcdf4Steps = 25;
/** Cells of a global field at a quarter of a degree: 1440 x 721. */
const quarterDegreeCells = 1_038_240;

/**
 * Readers and writers of files, beside cdo on the same files in the same run. GRIB2 and bits per cell are those of real
 * fields of the reference data; the GRIB2 time is scaled by the number of cells to a quarter-degree field.
 */
export async function formats(): Promise<BenchmarkFigures> {
  await using folder = await aFolder();
  const figures = {
    ...(await classicFigures(join(folder.path, "large.nc"))),
    ...(await netcdf4Figures(join(folder.path, "deflated.nc"))),
    ...(await zarrFigures(join(folder.path, "zarr"))),
    ...(await referenceFigures(folder.path)),
  };
  return { figures, postgres: "none" };
}

async function classicFigures(path: string) {
  const sizeBytes = await writeLargeClassic(path, classicRecords);
  const before = process.memoryUsage().rss;
  const dataset = await openDataset(path);
  const read = (step: number) => dataset.readRaw("t2", [step, 0, 0], [1, 1000, 1000]);
  const steps: number[] = [];
  for (const step of [200, 3, 117, 248, 60]) steps.push(await millisecondsOf(() => read(step)));
  const stepMemoryMb = (process.memoryUsage().rss - before) / 1e6;
  const wholeMs = await millisecondsOf(async () => {
    for (let step = 0; step < classicRecords; step += 1) await read(step);
  });
  await dataset.close();
  return {
    classicStepMs: median(steps),
    classicStepMemoryMb: stepMemoryMb,
    classicMbPerSecond: sizeBytes / 1e3 / wholeMs,
    ...(await beside("cdoClassicMbPerSecond", sizeBytes, path)),
  };
}

async function netcdf4Figures(path: string) {
  const decodedBytes = await writeLargeNetcdf4(path, netcdf4Steps);
  const dataset = await openDataset(path);
  const wholeMs = await millisecondsOf(async () => {
    for (let step = 0; step < netcdf4Steps; step += 1) await dataset.readRaw("pm25", [step, 0, 0], [1, 1000, 1000]);
  });
  await dataset.close();
  return {
    netcdf4MbPerSecond: decodedBytes / 1e3 / wholeMs,
    ...(await beside("cdoNetcdf4MbPerSecond", decodedBytes, path)),
  };
}

/** How fast cdo reads all of a file; nothing where it is not installed. */
async function beside(key: string, sizeBytes: number, path: string): Promise<Record<string, number>> {
  const ms = await cdoMilliseconds(path, `${path}.mean`);
  return ms === null ? {} : { [key]: sizeBytes / 1e3 / ms };
}

async function cdoMilliseconds(path: string, meanPath: string): Promise<number | null> {
  let failed = false;
  const ms = await millisecondsOf(async () => {
    failed = spawnSync("cdo", ["-s", "-O", "fldmean", path, meanPath]).status !== 0;
  });
  return failed ? null : ms;
}

/** Packing, encoding and writing to the disk of one step of one variable, 600 x 600. */
async function zarrFigures(folder: string) {
  const grid = { kind: "latlon", nX: 600, nY: 600, lon0: 13, lat0: 40, dLon: 0.002, dLat: 0.002 } as const;
  const times = Array.from({ length: 15 }, (_, step) => new Date(Date.UTC(2026, 6, 1, step)).toISOString());
  const packing = { dtype: "int16", scale: 0.05, offset: 280, fill: -32_768 } as const;
  const description = aProduct({ grid, times, variables: [aVariable({ name: "t2", packing })] });
  const t2 = noisyField().slice(0, 360_000);
  await mkdir(folder);
  const steps: number[] = [];
  for (const index of times.keys())
    steps.push(
      await millisecondsOf(async () => {
        const chunk = (await encodeMapStep(description, { index, values: { t2 } }, gzip)).at(-1);
        const file = await open(join(folder, String(index)), "w");
        await file.writeFile(chunk?.bytes ?? new Uint8Array());
        await file.sync();
        await file.close();
      }),
    );
  return { zarrStepMs: median(steps) };
}

async function referenceFigures(folder: string): Promise<Record<string, number>> {
  if (isAbsent("data/grib")) return {};
  const wind = await readField("data/grib/hrrr_u10_lambert_3km.grib2");
  const smokePath = "data/grib/aqm_pm25_lambert.grib2";
  const smoke = await readField(smokePath);
  const scaled = (ms: number) => (ms * quarterDegreeCells) / smoke.values.length;
  const cdoMs = await cdoMilliseconds(reference(smokePath), join(folder, "mean.grib2"));
  const windPacking = { dtype: "int16", scale: 0.1, offset: 0, fill: -32_768 } as const;
  return {
    grib2QuarterDegreeMs: scaled(smoke.ms),
    ...(cdoMs === null ? {} : { cdoGrib2QuarterDegreeMs: scaled(cdoMs) }),
    grib2PngMs: (await readField("data/grib/gfs_gh500_png.grib2")).ms,
    grib2Jpeg2000Ms: (await readField("data/grib/gfs_gh500_jpeg2000.grib2")).ms,
    windBitsPerCell: await bitsPerCell(wind.values, windPacking),
    pm25BitsPerCell: await bitsPerCell(smoke.values, aVariable().packing),
  };
}

async function readField(path: string): Promise<{ ms: number; values: Float64Array }> {
  const times: number[] = [];
  let values = new Float64Array();
  for (let turn = 0; turn < 5; turn += 1)
    times.push(
      await millisecondsOf(async () => {
        const dataset = await openDataset(reference(path));
        const [name = ""] = dataset.variables.keys();
        values = Float64Array.from(await dataset.readRaw(name));
        await dataset.close();
      }),
    );
  return { ms: median(times), values };
}

async function bitsPerCell(values: Float64Array, packing: ReturnType<typeof aVariable>["packing"]): Promise<number> {
  const chunk = await encodeChunk(packValues(aVariable({ packing }), values), gzip);
  return (chunk.length * 8) / values.length;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
