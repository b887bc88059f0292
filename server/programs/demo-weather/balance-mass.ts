import { demoDomain } from "@/lib/geo/demo-domain";
import { type Domain, nZ } from "@/server/programs/demo-weather/domain";
import type { MassPointWind } from "@/server/programs/demo-weather/wind";

/** Wind as WRF stores it: u on [nZ, nY, nX + 1], v on [nZ, nY + 1, nX], vertical w on [nZ + 1, nY, nX], m s-1. */
export type StaggeredWind = { readonly u: Float32Array; readonly v: Float32Array; readonly w: Float32Array };

/** Mass of the columns on the faces between cells, kg m-2, and the last correction potential, kept as a first guess. */
export type MassBalance = {
  readonly columnU: Float64Array;
  readonly columnV: Float64Array;
  readonly potential: Float64Array;
};

const { nX, nY, dX } = demoDomain;
const cells = nX * nY;

/** What the balance needs of the domain, made once. */
export function prepareBalance(domain: Domain): MassBalance {
  const columnU = new Float64Array((nX + 1) * nY);
  const columnV = new Float64Array(nX * (nY + 1));
  for (let k = 0; k < nZ; k += 1) {
    const mass = faces(domain.layerMass.subarray(k * cells, (k + 1) * cells));
    for (let face = 0; face < columnU.length; face += 1) columnU[face] = (columnU[face] ?? 0) + (mass.u[face] ?? 0);
    for (let face = 0; face < columnV.length; face += 1) columnV[face] = (columnV[face] ?? 0) + (mass.v[face] ?? 0);
  }
  return { columnU, columnV, potential: new Float64Array(cells) };
}

/**
 * Puts a wind on the staggered points so that mass is conserved: a correction that is the same at all heights and has
 * no rotation takes the divergence out of every column, and the vertical wind follows from continuity, level by level.
 * The air flows around and over the hills, and the top of the domain lets none through.
 * Source: the idea of mass-consistent wind models (Sherman 1978, J. Appl. Meteor. 17, 312-319)
 */
export function balanceMass(domain: Domain, wind: MassPointWind, balance: MassBalance): StaggeredWind {
  const u = new Float32Array(nZ * (nX + 1) * nY);
  const v = new Float32Array(nZ * nX * (nY + 1));
  const flux = { u: new Float64Array((nX + 1) * nY), v: new Float64Array(nX * (nY + 1)) };
  for (let k = 0; k < nZ; k += 1) {
    const level = (field: Float32Array) => field.subarray(k * cells, (k + 1) * cells);
    const mass = faces(level(domain.layerMass));
    u.set(faces(level(wind.u)).u, k * flux.u.length);
    v.set(faces(level(wind.v)).v, k * flux.v.length);
    for (let face = 0; face < flux.u.length; face += 1)
      flux.u[face] = (flux.u[face] ?? 0) + (mass.u[face] ?? 0) * (u[k * flux.u.length + face] ?? 0);
    for (let face = 0; face < flux.v.length; face += 1)
      flux.v[face] = (flux.v[face] ?? 0) + (mass.v[face] ?? 0) * (v[k * flux.v.length + face] ?? 0);
  }
  solvePotential(balance, divergence(flux.u, flux.v));
  const correction = gradient(balance.potential);
  for (let at = 0; at < u.length; at += 1) u[at] = (u[at] ?? 0) - (correction.u[at % flux.u.length] ?? 0);
  for (let at = 0; at < v.length; at += 1) v[at] = (v[at] ?? 0) - (correction.v[at % flux.v.length] ?? 0);
  return { u, v, w: verticalWind(domain, u, v) };
}

/** Values on faces: the mean of both cells, at the rim that of the one. */
function faces(field: Float32Array): { u: Float32Array; v: Float32Array } {
  const u = new Float32Array((nX + 1) * nY);
  const v = new Float32Array(nX * (nY + 1));
  for (let j = 0; j < nY; j += 1)
    for (let i = 0; i <= nX; i += 1) {
      const [west, east] = [Math.max(0, i - 1), Math.min(nX - 1, i)];
      u[j * (nX + 1) + i] = ((field[j * nX + west] ?? 0) + (field[j * nX + east] ?? 0)) / 2;
    }
  for (let j = 0; j <= nY; j += 1)
    for (let i = 0; i < nX; i += 1) {
      const [south, north] = [Math.max(0, j - 1), Math.min(nY - 1, j)];
      v[j * nX + i] = ((field[south * nX + i] ?? 0) + (field[north * nX + i] ?? 0)) / 2;
    }
  return { u, v };
}

/** Outflow of every cell per metre of side. */
function divergence(u: Float64Array, v: Float64Array): Float64Array {
  return Float64Array.from({ length: cells }, (_, cell) => {
    const west = cell + Math.floor(cell / nX);
    return (u[west + 1] ?? 0) - (u[west] ?? 0) + (v[cell + nX] ?? 0) - (v[cell] ?? 0);
  });
}

/** Solves div(column mass x grad p) = divergence, p = 0 outside, by successive over-relaxation; starts from the last p. */
function solvePotential({ columnU, columnV, potential }: MassBalance, wanted: Float64Array): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  for (let sweep = 0; sweep < 2_000; sweep += 1) {
    let residualMax = 0;
    for (let j = 0; j < nY; j += 1)
      for (let i = 0; i < nX; i += 1) {
        const cell = j * nX + i;
        const face = cell + j;
        const [west, east] = [columnU[face] ?? 0, columnU[face + 1] ?? 0];
        const [south, north] = [columnV[cell] ?? 0, columnV[cell + nX] ?? 0];
        const own = potential[cell] ?? 0;
        const flow =
          west * ((i > 0 ? (potential[cell - 1] ?? 0) : 0) - own) +
          east * ((i < nX - 1 ? (potential[cell + 1] ?? 0) : 0) - own) +
          south * ((j > 0 ? (potential[cell - nX] ?? 0) : 0) - own) +
          north * ((j < nY - 1 ? (potential[cell + nX] ?? 0) : 0) - own);
        const residual = flow / dX - (wanted[cell] ?? 0);
        residualMax = Math.max(residualMax, Math.abs(residual));
        potential[cell] = own + (1.94 * residual * dX) / (west + east + south + north);
      }
    if (residualMax < 1e-4 * largest) return;
  }
}

function gradient(potential: Float64Array): { u: Float64Array; v: Float64Array } {
  const u = new Float64Array((nX + 1) * nY);
  const v = new Float64Array(nX * (nY + 1));
  for (let j = 0; j < nY; j += 1)
    for (let i = 0; i <= nX; i += 1) {
      const east = i < nX ? (potential[j * nX + i] ?? 0) : 0;
      u[j * (nX + 1) + i] = (east - (i > 0 ? (potential[j * nX + i - 1] ?? 0) : 0)) / dX;
    }
  for (let j = 0; j <= nY; j += 1)
    for (let i = 0; i < nX; i += 1) {
      const north = j < nY ? (potential[j * nX + i] ?? 0) : 0;
      v[j * nX + i] = (north - (j > 0 ? (potential[(j - 1) * nX + i] ?? 0) : 0)) / dX;
    }
  return { u, v };
}

/** True vertical wind on w levels: flow through the terrain-following level plus the slope of that level. */
function verticalWind(domain: Domain, u: Float32Array, v: Float32Array): Float32Array {
  const w = new Float32Array((nZ + 1) * cells);
  const through = new Float64Array(cells);
  const wind = (k: number) => ({
    u: u.subarray(k * (nX + 1) * nY, (k + 1) * (nX + 1) * nY),
    v: v.subarray(k * nX * (nY + 1), (k + 1) * nX * (nY + 1)),
  });
  for (let k = 0; k <= nZ; k += 1) {
    const [below, above] = [wind(Math.max(0, k - 1)), wind(Math.min(nZ - 1, k))];
    const height = domain.levelM.subarray(k * cells, (k + 1) * cells);
    for (let cell = 0; cell < cells; cell += 1) {
      const west = cell + Math.floor(cell / nX);
      const meanU =
        ((below.u[west] ?? 0) + (below.u[west + 1] ?? 0) + (above.u[west] ?? 0) + (above.u[west + 1] ?? 0)) / 4;
      const meanV =
        ((below.v[cell] ?? 0) + (below.v[cell + nX] ?? 0) + (above.v[cell] ?? 0) + (above.v[cell + nX] ?? 0)) / 4;
      const slope = slopeOf(height, cell);
      w[k * cells + cell] = (through[cell] ?? 0) / densityAtLevel(domain, k, cell) + meanU * slope.x + meanV * slope.y;
    }
    if (k < nZ) passOn(through, domain.layerMass.subarray(k * cells, (k + 1) * cells), above);
  }
  return w;
}

/** Mass flow through the next level, kg m-2 s-1: what a layer does not lose sideways it hands upwards. */
function passOn(through: Float64Array, layerMass: Float32Array, wind: { u: Float32Array; v: Float32Array }): void {
  const mass = faces(layerMass);
  const flux = divergence(
    Float64Array.from(mass.u, (value, face) => value * (wind.u[face] ?? 0)),
    Float64Array.from(mass.v, (value, face) => value * (wind.v[face] ?? 0)),
  );
  for (let cell = 0; cell < cells; cell += 1) through[cell] = (through[cell] ?? 0) - (flux[cell] ?? 0) / dX;
}

function densityAtLevel({ layerMass, levelM }: Domain, k: number, cell: number): number {
  const layer = Math.min(nZ - 1, k) * cells + cell;
  return (layerMass[layer] ?? 1) / ((levelM[layer + cells] ?? 1) - (levelM[layer] ?? 0));
}

function slopeOf(height: Float32Array, cell: number): { x: number; y: number } {
  const [i, j] = [cell % nX, Math.floor(cell / nX)];
  const [west, east] = [Math.max(0, i - 1), Math.min(nX - 1, i + 1)];
  const [south, north] = [Math.max(0, j - 1), Math.min(nY - 1, j + 1)];
  return {
    x: ((height[j * nX + east] ?? 0) - (height[j * nX + west] ?? 0)) / ((east - west) * dX),
    y: ((height[north * nX + i] ?? 0) - (height[south * nX + i] ?? 0)) / ((north - south) * dX),
  };
}
