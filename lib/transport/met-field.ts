import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { cubeRoot, log } from "@/lib/transport/portable-math";

/** u, v, w and height of a point of `winds`. */
export const windNumbers = 4;
const gravity = 9.81;
const vonKarman = 0.4;
const heatCapacity = 1005;
export const lowestLayerTopM = 100;
export const highestLayerTopM = 4500;
const lowestFriction = 0.01;
/** Roughness that goes with the 10 m wind where the files give none, m. */
const roughnessLandM = 0.1;
const roughnessSeaM = 2e-4;

/**
 * One frame of weather as the kernel reads it. A column is contiguous, so that the two levels around a particle share a
 * cache line (measured: interleaving gains a third over one array per variable).
 *
 * `winds`: [nY + 1, nX + 1, nZ + 1, 4] = u on the west face, v on the south face, w and height of the w level, m above
 * ground. `densitySlope`: [nY, nX, nZ] = (1/rho) d(rho)/dz between mass levels k and k + 1, 1/m. `surface`:
 * [nY, nX, surfaceFields].
 */
export type MetField = {
  readonly nX: number;
  readonly nY: number;
  readonly nZ: number;
  /** Projection coordinates of mass point (0, 0) of the window, and the spacing, m. */
  readonly x0: number;
  readonly y0: number;
  readonly dX: number;
  readonly dY: number;
  /** 1/dX and 1/dY. */
  readonly perDX: number;
  readonly perDY: number;
  readonly winds: Float32Array;
  /** Numbers from one point of `winds` to the next, and of those before its first: two frames may share an array. */
  readonly windStride: number;
  readonly windStart: number;
  readonly densitySlope: Float32Array;
  readonly surface: Float32Array;
};

/** Offsets in a record of `surface`. */
export const surfaceFields = {
  /** Height of the boundary layer, limited to 100 .. 4500 m. */
  layerTop: 0,
  friction: 1,
  convective: 2,
  inverseObukhov: 3,
  mapFactor: 4,
  u10: 5,
  v10: 6,
  logRoughness: 7,
  accumulatedRain: 8,
  count: 9,
} as const;

/**
 * Two frames with their winds point by point in one array, so that what a particle reads of both lies side by side.
 * Frames on different grids (a nest that has moved in between) come back as they are.
 */
export function sideBySide(before: MetField, after: MetField): readonly [MetField, MetField] {
  const places = ["nX", "nY", "nZ", "x0", "y0", "dX", "dY"] as const;
  if (places.some((name) => before[name] !== after[name])) return [before, after];
  const winds = new Float32Array(before.winds.length * 2);
  for (const [start, field] of [before, after].entries()) {
    const from = field.winds;
    for (let at = 0, to = start * windNumbers; at < from.length; at += windNumbers, to += 2 * windNumbers) {
      winds[to] = from[at] ?? 0;
      winds[to + 1] = from[at + 1] ?? 0;
      winds[to + 2] = from[at + 2] ?? 0;
      winds[to + 3] = from[at + 3] ?? 0;
    }
  }
  const shared = { winds, windStride: 2 * windNumbers };
  return [
    { ...before, ...shared, windStart: 0 },
    { ...after, ...shared, windStart: windNumbers },
  ];
}

/** Lays a frame out for the kernel; 200 x 200 x 40 takes about 0.1 s. */
export function metField(frame: WrfFrame): MetField {
  const { nX, nY } = frame.window;
  return {
    nX,
    nY,
    nZ: frame.nZ,
    x0: frame.grid.x0 + frame.window.i0 * frame.grid.dX,
    y0: frame.grid.y0 + frame.window.j0 * frame.grid.dY,
    dX: frame.grid.dX,
    dY: frame.grid.dY,
    perDX: 1 / frame.grid.dX,
    perDY: 1 / frame.grid.dY,
    winds: layWinds(frame),
    windStride: windNumbers,
    windStart: 0,
    densitySlope: layDensitySlope(frame),
    surface: laySurface(frame),
  };
}

function layWinds({ window: { nX, nY }, nZ, u, v, w, heightWM }: WrfFrame): Float32Array {
  const winds = new Float32Array((nY + 1) * (nX + 1) * (nZ + 1) * 4);
  let at = 0;
  for (let j = 0; j <= nY; j += 1) {
    for (let i = 0; i <= nX; i += 1) {
      for (let k = 0; k <= nZ; k += 1, at += 4) {
        if (k < nZ && j < nY) winds[at] = u[(k * nY + j) * (nX + 1) + i] ?? 0;
        if (k < nZ && i < nX) winds[at + 1] = v[(k * (nY + 1) + j) * nX + i] ?? 0;
        if (i === nX || j === nY) continue;
        winds[at + 2] = w[(k * nY + j) * nX + i] ?? 0;
        winds[at + 3] = k === 0 ? 0 : (heightWM[(k * nY + j) * nX + i] ?? 0);
      }
    }
  }
  return winds;
}

function layDensitySlope({ window: { nX, nY }, nZ, densityKgPerM3, heightMassM }: WrfFrame): Float32Array {
  const slope = new Float32Array(nY * nX * nZ);
  const level = nY * nX;
  for (let column = 0; column < level; column += 1) {
    for (let k = 0; k + 1 < nZ; k += 1) {
      const below = densityKgPerM3[k * level + column] ?? 1;
      const above = densityKgPerM3[(k + 1) * level + column] ?? 1;
      const thickness = (heightMassM[(k + 1) * level + column] ?? 1) - (heightMassM[k * level + column] ?? 0);
      slope[column * nZ + k] = (2 * (above - below)) / ((above + below) * thickness);
    }
    if (nZ > 1) slope[column * nZ + nZ - 1] = slope[column * nZ + nZ - 2] ?? 0;
  }
  return slope;
}

function laySurface(frame: WrfFrame): Float32Array {
  const points = frame.window.nX * frame.window.nY;
  const surface = new Float32Array(points * surfaceFields.count);
  for (let point = 0; point < points; point += 1) {
    const at = point * surfaceFields.count;
    const top = Math.min(Math.max(frame.boundaryLayerHeightM[point] ?? 0, lowestLayerTopM), highestLayerTopM);
    const friction = Math.max(frame.frictionVelocityMetresPerSecond[point] ?? 0, lowestFriction);
    const temperature = frame.t2K[point] ?? 288;
    const flux = (frame.sensibleHeatFluxWPerM2[point] ?? 0) / ((frame.densityKgPerM3[point] ?? 1.2) * heatCapacity);
    const inverseObukhov = (-vonKarman * gravity * flux) / (temperature * friction * friction * friction);
    surface[at + surfaceFields.layerTop] = top;
    surface[at + surfaceFields.friction] = friction;
    surface[at + surfaceFields.convective] = flux > 0 ? cubeRoot((gravity / temperature) * flux * top) : 0;
    surface[at + surfaceFields.inverseObukhov] = Math.min(Math.max(inverseObukhov, -1), 1);
    surface[at + surfaceFields.mapFactor] = frame.mapFactor[point] ?? 1;
    surface[at + surfaceFields.u10] = frame.u10[point] ?? 0;
    surface[at + surfaceFields.v10] = frame.v10[point] ?? 0;
    surface[at + surfaceFields.logRoughness] = log(frame.landMask[point] === 1 ? roughnessLandM : roughnessSeaM);
    surface[at + surfaceFields.accumulatedRain] = frame.accumulatedRainMm[point] ?? 0;
  }
  return surface;
}
