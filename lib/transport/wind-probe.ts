import { sampleJoined } from "@/lib/transport/joined-wind";
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
  /** When, between the frames of a pair: 0 at the first, 1 at the second. */
  share = 0.5;
  /** Along the grid axes and up, m s-1. */
  u = 0.5;
  v = 0.5;
  w = 0.5;
  /** Layer between two w levels that holds the point, its thickness in m, and whether the point is above the model top. */
  level = 0;
  layerM = 0.5;
  aboveTop = false;
  /** Height of the lowest mass level, m; where u and v stand between mass levels `below` and the next, w between its own. */
  lowestM = 0.5;
  below = 0;
  shareUv = 0.5;
  shareW = 0.5;

  // Position in cells.
  private i = 0.5;
  private j = 0.5;

  /**
   * Wind between two frames. Frames on one grid are joined point by point, heights too; frames of a moving nest are
   * sampled each on its own grid and heights, then joined.
   */
  samplePair(before: MetField, after: MetField): void {
    if (before.winds === after.winds) {
      sampleJoined(this, before);
      if (this.level === 0 && this.z < this.lowestM) this.towardsGround(before, after);
      return;
    }
    const { share } = this;
    this.sample(before);
    const { u, v, w, aboveTop } = this;
    this.sample(after);
    this.u = u + share * (this.u - u);
    this.v = v + share * (this.v - v);
    this.w = w + share * (this.w - w);
    this.aboveTop = aboveTop || this.aboveTop;
  }

  sample(field: MetField): void {
    const { nX, nY } = field;
    const i = Math.min(Math.max((this.x - field.x0) * field.perDX, 0), nX - 1);
    const j = Math.min(Math.max((this.y - field.y0) * field.perDY, 0), nY - 1);
    this.i = i;
    this.j = j;
    this.findLevel(field);
    this.mixWinds(field);
    if (this.level === 0 && this.z < this.lowestM) this.towardsGround(field, field);
  }

  /** The layer that holds the point, searched from the last one on, and the shares of the levels around it. */
  private findLevel(field: MetField): void {
    const { winds, nX, windStride: up } = field;
    const z = this.z;
    const i0 = Math.min(this.i | 0, nX - 2);
    const j0 = Math.min(this.j | 0, field.nY - 2);
    const fi = this.i - i0;
    const fj = this.j - j0;
    const ne = fi * fj;
    const se = fi - ne;
    const nw = fj - ne;
    const sw = 1 - fi - nw;
    const top = field.nZ - 1;
    const east = (field.nZ + 1) * up;
    const north = (nX + 1) * east;
    const ground = field.windStart + j0 * north + i0 * east + 3;
    let k = Math.min(this.level, top);
    let at = ground + k * up;
    let low = mix(winds, at, east, north, sw, se, nw, ne);
    let high = mix(winds, at + up, east, north, sw, se, nw, ne);
    while (z >= high && k < top) {
      k += 1;
      at += up;
      low = high;
      high = mix(winds, at + up, east, north, sw, se, nw, ne);
    }
    while (z < low && k > 0) {
      k -= 1;
      at -= up;
      high = low;
      low = mix(winds, at, east, north, sw, se, nw, ne);
    }
    const middle = 0.5 * (low + high);
    this.level = k;
    this.layerM = high - low;
    this.aboveTop = z > high;
    this.lowestM = middle;
    this.shareW = (Math.min(z, high) - low) / (high - low);
    // u and v lie between the mass level in the middle of this layer and that of the layer above or below.
    this.below = k;
    this.shareUv = 0;
    if (z >= middle) {
      if (k < top) this.shareUv = (2 * (z - middle)) / (mix(winds, at + 2 * up, east, north, sw, se, nw, ne) - low);
    } else if (k > 0) {
      const lower = 0.5 * (mix(winds, at - up, east, north, sw, se, nw, ne) + low);
      this.below = k - 1;
      this.shareUv = (z - lower) / (middle - lower);
    }
  }

  private mixWinds(field: MetField): void {
    const { winds, nX, windStride: up } = field;
    const east = (field.nZ + 1) * up;
    const north = (nX + 1) * east;
    const i0 = Math.min(this.i | 0, nX - 2);
    const j0 = Math.min(this.j | 0, field.nY - 2);
    const fi = this.i - i0;
    const fj = this.j - j0;
    const iFace = (this.i + 0.5) | 0;
    const jFace = (this.j + 0.5) | 0;
    const gi = this.i + 0.5 - iFace;
    const gj = this.j + 0.5 - jFace;
    const column = field.windStart + j0 * north + i0 * east;
    const level = column + this.level * up + 2;
    const w = mixSides(winds, level, east, north, fi, fj);
    this.w = w + this.shareW * (mixSides(winds, level + up, east, north, fi, fj) - w);
    const atU = column + (iFace - i0) * east + this.below * up;
    const u = mixSides(winds, atU, east, north, gi, fj);
    this.u = u + this.shareUv * (mixSides(winds, atU + up, east, north, gi, fj) - u);
    const atV = column + (jFace - j0) * north + this.below * up + 1;
    const v = mixSides(winds, atV, east, north, fi, gj);
    this.v = v + this.shareUv * (mixSides(winds, atV + up, east, north, fi, gj) - v);
  }

  /** Logarithmic law through the wind at 10 m, or through the lowest level where that is lower. */
  private towardsGround(before: MetField, after: MetField): void {
    const { x, y, z } = this;
    const logRoughness = surfaceAt(before, x, y, surfaceFields.logRoughness);
    const logZ = z > 1e-6 ? log(z) : -14;
    if (this.lowestM <= 10) {
      const ratio = Math.max(0, (logZ - logRoughness) / (log(this.lowestM) - logRoughness));
      this.u *= ratio;
      this.v *= ratio;
      return;
    }
    const u10 = this.joinedSurface(before, after, surfaceFields.u10);
    const v10 = this.joinedSurface(before, after, surfaceFields.v10);
    if (z < 10) {
      const ratio = Math.max(0, (logZ - logRoughness) / (log10M - logRoughness));
      this.u = ratio * u10;
      this.v = ratio * v10;
      return;
    }
    const ratio = (logZ - log10M) / (log(this.lowestM) - log10M);
    this.u = u10 + ratio * (this.u - u10);
    this.v = v10 + ratio * (this.v - v10);
  }

  private joinedSurface(before: MetField, after: MetField, offset: number): number {
    const first = surfaceAt(before, this.x, this.y, offset);
    return before === after ? first : first + this.share * (surfaceAt(after, this.x, this.y, offset) - first);
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

/** Same from the shares of the east and the north side. */
function mixSides(
  winds: Float32Array,
  at: number,
  east: number,
  north: number,
  shareEast: number,
  shareNorth: number,
): number {
  const upper = at + north;
  const southWest = winds[at] ?? 0;
  const northWest = winds[upper] ?? 0;
  const south = southWest + shareEast * ((winds[at + east] ?? 0) - southWest);
  const rest = northWest + shareEast * ((winds[upper + east] ?? 0) - northWest);
  return south + shareNorth * (rest - south);
}
