import type { Dataset } from "@/lib/formats/dataset";
import { degradedLabels } from "@/lib/formats/wrf/degraded";
import { boundaryLayerHeight, frictionVelocity } from "@/lib/formats/wrf/derive-surface";
import type { FrameWindow, WrfFrame } from "@/lib/formats/wrf/frame";
import type { MetFrame } from "@/lib/formats/wrf/inventory";
import { type FieldSlab, readField } from "@/lib/formats/wrf/read-field";
import { checkWrfVariables, derivedVariables } from "@/lib/formats/wrf/wrf-variables";
import { projectionOf } from "@/lib/geo/projection";

/**
 * Reads one frame of an open WRF file on a window of its grid.
 * @param dataset the file of `frame`
 * @param frame entry of the inventory: its record, time and grid
 * @param window inside the grid, halo included (`frameWindow`)
 * @throws met-unsuitable, grid-mismatch, format-invalid (missing values inside the window), file-truncated, ...
 * Source: WRF ARW technical note, equations of state and geopotential; checked against wrf-python's diagnostics.
 */
export async function readFrame(dataset: Dataset, frame: MetFrame, window: FrameWindow): Promise<WrfFrame> {
  const { nZ } = checkWrfVariables(dataset);
  const read = fieldReader(dataset, { record: frame.record, window, nZ });
  const terrain = await read.surface("HGT");
  const heightW = await readHeights(read, terrain, window);
  const heightMass = meanOfLevels(heightW, window.nX * window.nY);
  const theta = (await read.volume("T")).map((value) => value + 300);
  const vapour = dataset.variables.has("QVAPOR") ? await read.volume("QVAPOR") : new Float64Array(theta.length);
  const base = {
    nX: window.nX,
    nY: window.nY,
    u: await read.volume("U", { stagger: "x" }),
    v: await read.volume("V", { stagger: "y" }),
    u10: await read.surface("U10"),
    v10: await read.surface("V10"),
    landMask: await readLandMask(dataset, read, terrain),
    heightMass,
    virtualTheta: theta.map((value, at) => value * (1 + 0.608 * (vapour[at] ?? 0))),
  };
  const ust = dataset.variables.has("UST") ? await read.surface("UST") : frictionVelocity(base);
  const pblh = dataset.variables.has("PBLH") ? await read.surface("PBLH") : boundaryLayerHeight(base, ust);
  return {
    validAtUtc: frame.validAtUtc,
    grid: frame.grid,
    window,
    nZ,
    u: Float32Array.from(base.u),
    v: Float32Array.from(base.v),
    w: Float32Array.from(await read.volume("W", { stagger: "z" })),
    heightWM: Float32Array.from(heightW),
    heightMassM: Float32Array.from(heightMass),
    densityKgPerM3: await readDensity(read, theta, vapour),
    potentialTemperatureK: Float32Array.from(theta),
    u10: Float32Array.from(base.u10),
    v10: Float32Array.from(base.v10),
    t2K: Float32Array.from(await read.surface("T2")),
    surfacePressurePa: Float32Array.from(await read.surface("PSFC")),
    boundaryLayerHeightM: Float32Array.from(pblh),
    frictionVelocityMetresPerSecond: Float32Array.from(ust),
    sensibleHeatFluxWPerM2: Float32Array.from(await read.surfaceOrZero("HFX")),
    accumulatedRainMm: Float32Array.from(sum(await read.surfaceOrZero("RAINC"), await read.surfaceOrZero("RAINNC"))),
    terrainHeightM: Float32Array.from(terrain),
    landMask: base.landMask,
    mapFactor: mapFactors(frame, window),
    degraded: degradedLabels(derivedVariables(dataset)),
  };
}

type FieldReader = {
  volume(name: string, options?: { stagger: "x" | "y" | "z" }): Promise<Float64Array>;
  surface(name: string): Promise<Float64Array>;
  surfaceOrZero(name: string): Promise<Float64Array>;
};

function fieldReader(dataset: Dataset, at: { record: number; window: FrameWindow; nZ: number }): FieldReader {
  const { record, window, nZ } = at;
  const surface: FieldSlab = { start: [window.j0, window.i0], count: [window.nY, window.nX] };
  const readSurface = (name: string) => readField(dataset, name, { record, slab: surface });
  return {
    surface: readSurface,
    surfaceOrZero: (name) =>
      dataset.variables.has(name) ? readSurface(name) : Promise.resolve(new Float64Array(window.nX * window.nY)),
    volume: (name, options) => {
      const more = (axis: string) => (options?.stagger === axis ? 1 : 0);
      const count = [nZ + more("z"), window.nY + more("y"), window.nX + more("x")];
      return readField(dataset, name, { record, slab: { start: [0, window.j0, window.i0], count } });
    },
  };
}

/** WRF's gravity. */
const gravity = 9.81;

async function readHeights(read: FieldReader, terrain: Float64Array, window: FrameWindow): Promise<Float64Array> {
  const perturbation = await read.volume("PH", { stagger: "z" });
  const base = await read.volume("PHB", { stagger: "z" });
  const cells = window.nX * window.nY;
  return perturbation.map((value, at) => (value + (base[at] ?? 0)) / gravity - (terrain[at % cells] ?? 0));
}

function meanOfLevels(heightW: Float64Array, cells: number): Float64Array {
  return heightW.subarray(cells).map((above, at) => (above + (heightW[at] ?? 0)) / 2);
}

/** Dry gas constant and heat capacity as in WRF, J kg-1 K-1; reference pressure, Pa. */
const [gasConstant, heatCapacity, referencePressure] = [287, 1004.5, 1e5];

async function readDensity(read: FieldReader, theta: Float64Array, vapour: Float64Array): Promise<Float32Array> {
  const perturbation = await read.volume("P");
  const base = await read.volume("PB");
  return Float32Array.from(theta, (value, at) => {
    const pressure = (perturbation[at] ?? 0) + (base[at] ?? 0);
    const temperature = value * (pressure / referencePressure) ** (gasConstant / heatCapacity);
    return pressure / (gasConstant * temperature * (1 + 0.608 * (vapour[at] ?? 0)));
  });
}

async function readLandMask(dataset: Dataset, read: FieldReader, terrain: Float64Array): Promise<Uint8Array> {
  if (dataset.variables.has("LANDMASK")) return Uint8Array.from(await read.surface("LANDMASK"), (one) => +(one > 0.5));
  // XLAND: 1 land, 2 water.
  if (dataset.variables.has("XLAND")) return Uint8Array.from(await read.surface("XLAND"), (one) => +(one < 1.5));
  return Uint8Array.from(terrain, (height) => +(height > 1));
}

function mapFactors({ grid }: MetFrame, window: FrameWindow): Float32Array {
  const { toLonLat, mapFactor } = projectionOf(grid.projection);
  return Float32Array.from({ length: window.nX * window.nY }, (_, at) => {
    const i = window.i0 + (at % window.nX);
    const j = window.j0 + Math.floor(at / window.nX);
    return mapFactor(toLonLat(grid.x0 + i * grid.dX, grid.y0 + j * grid.dY).lat);
  });
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value + (b[at] ?? 0));
}
