import { type MetField, surfaceFields } from "@/lib/transport/met-field";
import { log } from "@/lib/transport/portable-math";
import { surfaceAt } from "@/lib/transport/surface-at";

const log10M = log(10);

/**
 * Wind of one frame at a point: bilinear on the native staggered points, linear in height above ground between mass
 * levels (u, v) or w levels (w). Below the lowest mass level the wind follows the logarithmic law through the wind at
 * 10 m. Beyond the edge the value of the edge holds.
 *
 * The object is filled again by each call. Positions and winds stand in fields because a number that crosses a call
 * which is not inlined costs an allocation, and this is the innermost loop.
 */
export class WindProbe {
  /** Where: projection coordinates, m, and height above ground, m, not negative. */
  x = 0.5;
  y = 0.5;
  z = 0.5;
  /** Along the grid axes and up, m s-1. */
  u = 0.5;
  v = 0.5;
  w = 0.5;
  /** Layer between two w levels that holds the point, its thickness in m, and whether the point is above the model top. */
  level = 0;
  layerM = 0.5;
  aboveTop = false;
  private lowestM = 0.5;

  sample(field: MetField): void {
    const { winds, nX, nY } = field;
    const z = this.z;
    const i = Math.min(Math.max((this.x - field.x0) * field.perDX, 0), nX - 1);
    const j = Math.min(Math.max((this.y - field.y0) * field.perDY, 0), nY - 1);
    const top = field.nZ - 1;
    const east = (field.nZ + 1) * 4;
    const north = (nX + 1) * east;
    const i0 = Math.min(i | 0, nX - 2);
    const j0 = Math.min(j | 0, nY - 2);
    const fi = i - i0;
    const fj = j - j0;
    const ne = fi * fj;
    const se = fi - ne;
    const nw = fj - ne;
    const sw = 1 - fi - nw;
    const column = j0 * north + i0 * east;
    let k = Math.min(this.level, top);
    let at = column + k * 4 + 3;
    let low = mix(winds, at, east, north, sw, se, nw, ne);
    let high = mix(winds, at + 4, east, north, sw, se, nw, ne);
    while ((z < low && k > 0) || (z >= high && k < top)) {
      k += z < low ? -1 : 1;
      at = column + k * 4 + 3;
      low = mix(winds, at, east, north, sw, se, nw, ne);
      high = mix(winds, at + 4, east, north, sw, se, nw, ne);
    }
    this.level = k;
    this.layerM = high - low;
    this.aboveTop = z > high;
    const perLayer = 1 / (high - low);
    const middle = 0.5 * (low + high);
    this.w = mixTwo(winds, at - 1, (Math.min(z, high) - low) * perLayer, east, north, sw, se, nw, ne);
    // u and v lie between the mass level in the middle of this layer and that of the layer above or below.
    let below = k;
    let share = 0;
    if (z >= middle) {
      if (k < top) share = (z - middle) / (0.5 * (high + mix(winds, at + 8, east, north, sw, se, nw, ne)) - middle);
    } else if (k > 0) {
      below = k - 1;
      const lower = 0.5 * (mix(winds, at - 4, east, north, sw, se, nw, ne) + low);
      share = (z - lower) / (middle - lower);
    }
    const iFace = (i + 0.5) | 0;
    const gi = i + 0.5 - iFace;
    const neU = gi * fj;
    const atU = j0 * north + iFace * east + below * 4;
    this.u = mixTwo(winds, atU, share, east, north, 1 - gi - fj + neU, gi - neU, fj - neU, neU);
    const jFace = (j + 0.5) | 0;
    const gj = j + 0.5 - jFace;
    const neV = fi * gj;
    const atV = jFace * north + i0 * east + below * 4 + 1;
    this.v = mixTwo(winds, atV, share, east, north, 1 - fi - gj + neV, fi - neV, gj - neV, neV);
    if (k === 0 && z < middle) {
      this.lowestM = middle;
      this.towardsGround(field);
    }
  }

  /** Logarithmic law through the wind at 10 m, or through the lowest level where that is lower. */
  private towardsGround(field: MetField): void {
    const { x, y, z } = this;
    const logRoughness = surfaceAt(field, x, y, surfaceFields.logRoughness);
    const logZ = z > 1e-6 ? log(z) : -14;
    if (this.lowestM <= 10) {
      const share = Math.max(0, (logZ - logRoughness) / (log(this.lowestM) - logRoughness));
      this.u *= share;
      this.v *= share;
      return;
    }
    const u10 = surfaceAt(field, x, y, surfaceFields.u10);
    const v10 = surfaceAt(field, x, y, surfaceFields.v10);
    if (z < 10) {
      const share = Math.max(0, (logZ - logRoughness) / (log10M - logRoughness));
      this.u = share * u10;
      this.v = share * v10;
      return;
    }
    const share = (logZ - log10M) / (log(this.lowestM) - log10M);
    this.u = u10 + share * (this.u - u10);
    this.v = v10 + share * (this.v - v10);
  }
}

/** Value between four columns at one level; `at` is the south-west one. */
function mix(
  winds: Float32Array,
  at: number,
  east: number,
  north: number,
  sw: number,
  se: number,
  nw: number,
  ne: number,
): number {
  const upper = at + north;
  return (
    sw * (winds[at] ?? 0) + se * (winds[at + east] ?? 0) + nw * (winds[upper] ?? 0) + ne * (winds[upper + east] ?? 0)
  );
}

/** Value between four columns, `share` of the way from the level of `at` to the next one up. */
function mixTwo(
  winds: Float32Array,
  at: number,
  share: number,
  east: number,
  north: number,
  sw: number,
  se: number,
  nw: number,
  ne: number,
): number {
  const low = mix(winds, at, east, north, sw, se, nw, ne);
  return share === 0 ? low : low + share * (mix(winds, at + 4, east, north, sw, se, nw, ne) - low);
}
