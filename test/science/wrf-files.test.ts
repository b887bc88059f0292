import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { checkMet } from "@/lib/formats/wrf/check-met";
import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { frameWindow } from "@/lib/formats/wrf/frame-window";
import type { MetFrame, MetInventory } from "@/lib/formats/wrf/inventory";
import { rainRate } from "@/lib/formats/wrf/rain-rate";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { readInventory } from "@/lib/formats/wrf/read-inventory";
import { locate } from "@/lib/geo/locate";
import { renderError } from "@/lib/messages/render-error";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

const katrina = "data/wrf/katrina_d01_mercator.nc";
const tibet = "data/wrf/tibet_d01_lambert_allvars.nc";
const twins = [katrina, "data/wrf/katrina_d01_mercator_cdf2.nc", tibet, "data/wrf/tibet_d01_lambert_allvars_cdf2.nc"];
const noWrf = isAbsent("data/wrf");

describe.skipIf(noWrf)("real WRF files (data/wrf)", () => {
  test.each(twins)("%s can drive a run", async (file) => {
    const met = await inventoryOf(file);
    expect(met.frames.map((frame) => frame.record)).toEqual([0, 1, 2, 3]);
    const [start, derived] = file.includes("katrina")
      ? ["2005-08-28T12:00:00Z", ["PBLH", "UST", "HFX", "LANDMASK"]]
      : ["2005-09-21T00:00:00Z", []];
    expect(met.frames[0]?.validAtUtc).toBe(start);
    expect(met.derived).toEqual(derived);
  });

  test.each(twins)("the grid of %s puts every mass point where XLAT and XLONG say", async (file) => {
    const dataset = await openDataset(reference(file));
    for (const frame of (await inventoryOf(file)).frames) {
      const { nX, nY } = frame.grid;
      const hasTime = dataset.variables.get("XLAT")?.shape.length === 3;
      const slab = hasTime ? { start: [frame.record, 0, 0], count: [1, nY, nX] } : {};
      const lat = await readUnpacked(dataset, "XLAT", slab);
      const lon = await readUnpacked(dataset, "XLONG", slab);
      const worst = lat.reduce((far, one, at) => {
        const { i, j } = locate(frame.grid, lon[at] ?? 0, one);
        return Math.max(far, Math.abs(i - (at % nX)), Math.abs(j - Math.floor(at / nX)));
      }, 0);
      expect(worst).toBeLessThan(1e-3);
    }
    await dataset.close();
  });

  test("a moving nest has another origin in each frame", async () => {
    const { frames } = await inventoryOf(katrina);
    const shifts = frames.map(({ grid }) => [
      Math.round((grid.x0 - (frames[0]?.grid.x0 ?? 0)) / grid.dX),
      Math.round((grid.y0 - (frames[0]?.grid.y0 ?? 0)) / grid.dY),
    ]);
    expect(shifts).toEqual([
      [0, 0],
      [-6, 3],
      [-9, 9],
      [-15, 12],
    ]);
  });

  test("winds, heights and air of a frame are wrf-python's (katrina_d01_diagnostics.nc)", async () => {
    const { frame, wrf } = await frameOf(katrina, 0);
    const truth = await openDataset(reference("data/wrf/katrina_d01_diagnostics.nc"));
    const { nX, nY } = frame.grid;
    const at = (values: Float32Array, [k, j, i]: [number, number, number], [sY, sX]: [number, number]) =>
      values[(k * sY + j) * sX + i] ?? Number.NaN;
    await near(truth, "ua", wrf.nZ, 1e-5, (k, j, i) => {
      return (at(wrf.u, [k, j, i], [nY, nX + 1]) + at(wrf.u, [k, j, i + 1], [nY, nX + 1])) / 2;
    });
    await near(truth, "va", wrf.nZ, 1e-5, (k, j, i) => {
      return (at(wrf.v, [k, j, i], [nY + 1, nX]) + at(wrf.v, [k, j + 1, i], [nY + 1, nX])) / 2;
    });
    const above = (values: Float32Array) => (k: number, j: number, i: number) =>
      at(values, [k, j, i], [nY, nX]) + at(wrf.terrainHeightM, [0, j, i], [nY, nX]);
    await near(truth, "z", wrf.nZ, 2e-3, above(wrf.heightMassM));
    await near(truth, "zstag", wrf.nZ + 1, 2e-3, above(wrf.heightWM));
    await near(truth, "theta", wrf.nZ, 1e-4, (k, j, i) => at(wrf.potentialTemperatureK, [k, j, i], [nY, nX]));
    // Density has no diagnostic of its own: p = rho R Tv.
    const p = await readUnpacked(truth, "p");
    const tv = await readUnpacked(truth, "tv");
    wrf.densityKgPerM3.forEach((rho, n) => void expect(rho / ((p[n] ?? 0) / (287 * (tv[n] ?? 0)))).toBeCloseTo(1, 3));
    await truth.close();
  });

  test("a window holds the same numbers as the whole frame", async () => {
    const whole = (await frameOf(katrina, 2)).wrf;
    const dataset = await openDataset(reference(katrina));
    const frame = (await inventoryOf(katrina)).frames[2];
    if (frame === undefined) throw new Error("the file has four frames");
    const window = frameWindow(frame.grid, { i0: 10.2, i1: 12.9, j0: 0.5, j1: 3 });
    expect(window).toEqual({ i0: 8, j0: 0, nX: 8, nY: 6 });
    const cut = await readFrame(dataset, frame, window);
    const [k, j, i] = [5, 4, 6];
    const pick = (one: WrfFrame, y: number, x: number) => one.u[(k * one.window.nY + y) * (one.window.nX + 1) + x];
    expect(pick(cut, j, i)).toBe(pick(whole, j, i + 8));
    expect(cut.boundaryLayerHeightM[j * 8 + i]).toBe(whole.boundaryLayerHeightM[j * 48 + i + 8]);
    await dataset.close();
  });

  test("what a file lacks is derived within reason and said", async () => {
    const { wrf } = await frameOf(katrina, 0);
    expect(wrf.degraded.map((label) => label.code)).toEqual([
      "pblh-derived",
      "ust-derived",
      "hfx-neutral",
      "landmask-derived",
    ]);
    for (const [values, lowest, highest] of [
      [wrf.boundaryLayerHeightM, 20, 6000],
      [wrf.frictionVelocityMetresPerSecond, 0, 3],
      [wrf.densityKgPerM3, 0.3, 1.3],
      [wrf.accumulatedRainMm, 0, 1000],
    ] as const) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(lowest);
      expect(Math.max(...values)).toBeLessThanOrEqual(highest);
    }
    expect((await frameOf(tibet, 0)).wrf.degraded).toEqual([]);
  });

  test("the derived boundary layer is like the model's own where both are known", async () => {
    const { wrf, frame } = await frameOf(tibet, 2);
    const dataset = await openDataset(reference(tibet));
    const without: Dataset = {
      ...dataset,
      variables: new Map([...dataset.variables].filter(([name]) => name !== "PBLH")),
    };
    const derived = (await readFrame(without, frame, wrf.window)).boundaryLayerHeightM;
    await dataset.close();
    const mean = (values: Float32Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
    // Afternoon over Tibet, about 2-3 km: schemes differ by tens of per cent, a mistake by factors.
    expect(mean(derived) / mean(wrf.boundaryLayerHeightM)).toBeGreaterThan(0.5);
    expect(mean(derived) / mean(wrf.boundaryLayerHeightM)).toBeLessThan(2);
  });

  test("rain between two frames of a moving nest is never negative", async () => {
    const rate = rainRate((await frameOf(katrina, 0)).wrf, (await frameOf(katrina, 1)).wrf);
    expect(Math.min(...rate)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...rate)).toBeGreaterThan(1);
    expect(Math.max(...rate)).toBeLessThan(200);
  });

  test("of two files with the same times the later one counts and this is told", async () => {
    const paths = [katrina, "data/wrf/katrina_d01_mercator_cdf2.nc"].map(reference);
    const dropped: string[] = [];
    const met = await readInventory(paths.map(aSource), "file", (one) => dropped.push(one.dropped));
    expect(met.frames).toHaveLength(4);
    expect(met.frames.every((frame) => met.files[frame.file]?.path.endsWith("_cdf2.nc"))).toBe(true);
    expect(new Set(dropped)).toEqual(new Set([paths[0]]));
  });

  test("a request is met by the Katrina file for six hours of 3-hourly frames", async () => {
    const met = await inventoryOf(katrina);
    const checked = checkMet(met, { lat: 24, lon: -89.5, startUtc: "2005-08-28T13:00:00Z", hours: 12 });
    expect(checked.coverageUntilUtc).toBe("2005-08-28T21:00:00.000Z");
    expect(checked.labels.map((label) => label.code)).toContain("gap");
    expect(checked.met.frames).toHaveLength(4);
  });
});

const folders = ["wrf", "roms", "ocean", "models", "reference", "odd-files"];
const others = (noWrf ? [] : folders).flatMap((folder) =>
  readdirSync(reference(`data/${folder}`), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(reference(""), join(entry.parentPath, entry.name))),
);
for (const file of others.filter((one) => !twins.includes(one)))
  test(`${file} is refused with a sentence that names it`, async () => {
    const path = reference(file);
    const error = await readInventory([aSource(path)], "file").catch((cause: unknown) => cause);
    expect(isNereusError(error), String(error)).toBe(true);
    for (const locale of ["en", "it"] as const) {
      expect(renderError(error, locale)).toContain(path);
      expect(renderError(error, locale)).not.toMatch(/\{\w+\}|undefined/);
    }
  });

function aSource(path: string) {
  return { file: { path, sizeBytes: statSync(path).size, sha256: null }, open: () => openDataset(path) };
}

async function inventoryOf(file: string): Promise<MetInventory> {
  return readInventory([aSource(reference(file))], "file");
}

async function frameOf(file: string, index: number): Promise<{ frame: MetFrame; wrf: WrfFrame }> {
  const frame = (await inventoryOf(file)).frames[index];
  if (frame === undefined) throw new Error(`${file} has no frame ${index}`);
  const dataset = await openDataset(reference(file));
  const wrf = await readFrame(dataset, frame, frameWindow(frame.grid));
  await dataset.close();
  return { frame, wrf };
}

async function near(
  truth: Dataset,
  name: string,
  levels: number,
  tolerance: number,
  value: (k: number, j: number, i: number) => number,
) {
  const wanted = await readUnpacked(truth, name);
  const [, nY = 0, nX = 0] = truth.variables.get(name)?.shape ?? [];
  expect(wanted.length).toBe(levels * nY * nX);
  const worst = wanted.reduce((far, want, at) => {
    const [k, rest] = [Math.floor(at / (nY * nX)), at % (nY * nX)];
    const got = value(k, Math.floor(rest / nX), rest % nX);
    return Math.max(far, Math.abs(got - want) / Math.max(1, Math.abs(want) * 1e-3));
  }, 0);
  expect(worst, name).toBeLessThan(tolerance);
}
