import { bilinear } from "@/lib/geo/bilinear";
import { exp } from "@/lib/transport/portable-math";

/** One hour of fields as WaComM++ holds them: everything on rho points, levels from the surface down. */
export type WacommField = {
  readonly columns: number;
  readonly rows: number;
  /** Degrees, m, m: [rows, columns]. */
  readonly lat: ArrayLike<number>;
  readonly lon: ArrayLike<number>;
  readonly h: ArrayLike<number>;
  readonly zeta: ArrayLike<number>;
  /** m s-1, one plane per level; level 0 is the uppermost. */
  readonly u: readonly ArrayLike<number>[];
  readonly v: readonly ArrayLike<number>[];
  readonly w: readonly ArrayLike<number>[];
  /** Thickness of the layers in s, from the surface down. */
  readonly layers: readonly number[];
};

/** A particle of WaComM++: indices, k negative downward from the surface at 0. */
export type WacommParticle = {
  readonly i: number;
  readonly j: number;
  readonly k: number;
  readonly ageSeconds: number;
  readonly health: number;
};

export type WacommPhysics = { readonly tau0Seconds: number; readonly stepSeconds: number };

const earthRadiusM = 6_371_000;
const rad = Math.PI / 180;

/**
 * Moves a particle through an hour as WaComM++ does, for comparison with its results: forward Euler, the hour's fields held
 * constant, the current of the level that holds the particle, spacing of the cell from great circles, survival
 * exp(-age / tau0). A particle that goes above the surface is mirrored.
 * @returns null once it leaves the grid or the lowest level
 * Source: CCMMMA/wacommplusplus as described in the reference; checked against wacomm-parity and wacomm-rotation.
 */
export function wacommHour(
  field: WacommField,
  start: WacommParticle,
  { tau0Seconds, stepSeconds }: WacommPhysics,
): WacommParticle | null {
  let { i, j, k } = start;
  const steps = Math.round(3600 / stepSeconds);
  for (let step = 0; step < steps; step += 1) {
    const level = Math.trunc(-k);
    const [u, v, w] = [field.u[level], field.v[level], field.w[level]];
    const layer = field.layers[level];
    if (u === undefined || v === undefined || w === undefined || layer === undefined) return null;
    const at = (values: ArrayLike<number>) => bilinear({ values, columns: field.columns, rows: field.rows }, i, j);
    const { xM, yM } = spacing(field, Math.trunc(i), Math.trunc(j));
    const depth = (at(field.h) + at(field.zeta)) * layer;
    const moved = { i: (at(u) * stepSeconds) / xM, j: (at(v) * stepSeconds) / yM, k: (at(w) * stepSeconds) / depth };
    i += moved.i;
    j += moved.j;
    k += moved.k;
    if (k > 0) k = -k;
    if (i < 0 || j < 0 || i > field.columns - 1 || j > field.rows - 1) return null;
  }
  const ageSeconds = start.ageSeconds + 3600;
  return { i, j, k, ageSeconds, health: exp(-ageSeconds / tau0Seconds) };
}

/** Great-circle distances from a node to the next along i and along j, m. */
function spacing({ lat, lon, columns, rows }: WacommField, i: number, j: number): { xM: number; yM: number } {
  const column = Math.min(i, columns - 2);
  const row = Math.min(j, rows - 2);
  const at = row * columns + column;
  const [lat0 = 0, latNorth = 0] = [lat[at], lat[at + columns]];
  const shrink = Math.cos(lat0 * rad) * Math.cos(latNorth * rad);
  const east = Math.sin((((lon[at + 1] ?? 0) - (lon[at] ?? 0)) * rad) / 2);
  const north = Math.sin(((latNorth - lat0) * rad) / 2);
  return {
    xM: 2 * earthRadiusM * Math.asin(Math.sqrt(shrink) * Math.abs(east)),
    yM: 2 * earthRadiusM * Math.asin(Math.abs(north)),
  };
}
