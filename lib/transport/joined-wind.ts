import { type MetField, windNumbers } from "@/lib/transport/met-field";

/** Where and when a wind is wanted, and the wind there; the fields of `WindProbe` that this file reads and fills. */
export type JoinedPlace = {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly share: number;
  u: number;
  v: number;
  w: number;
  level: number;
  layerM: number;
  lowestM: number;
  aboveTop: boolean;
  below: number;
  shareUv: number;
  shareW: number;
};

const stride = 2 * windNumbers;

/**
 * Wind between two frames whose winds lie side by side in one array (`sideBySide`): bilinear on the native staggered
 * points, linear in height between levels whose heights are bilinear and linear in time too. Works in place.
 *
 * Each sum stands once in a loop over what differs: a helper with eleven numbers would not be inlined everywhere, and a
 * number that crosses a call which is not inlined costs an allocation.
 * @param field  either frame of the pair; m and m s-1
 */
export function sampleJoined(place: JoinedPlace, field: MetField): void {
  findLevel(place, field);
  mixWinds(place, field);
}

/** The layer that holds the point, searched from the last one on, and the shares of the levels around it. */
function findLevel(place: JoinedPlace, { winds, nX, nY, nZ, x0, y0, perDX, perDY }: MetField): void {
  const { z, share } = place;
  const i = Math.min(Math.max((place.x - x0) * perDX, 0), nX - 1);
  const j = Math.min(Math.max((place.y - y0) * perDY, 0), nY - 1);
  const i0 = Math.min(i | 0, nX - 2);
  const j0 = Math.min(j | 0, nY - 2);
  const ne = (i - i0) * (j - j0);
  const se = i - i0 - ne;
  const nw = j - j0 - ne;
  const sw = 1 - se - nw - ne;
  const east = (nZ + 1) * stride;
  const north = (nX + 1) * east;
  const ground = j0 * north + i0 * east + 3;
  const top = nZ - 1;
  const from = Math.min(place.level, top);
  let k = from;
  let wanted = from;
  let low = 0;
  let high = 0;
  let lower = 0;
  let upper = 0;
  // Two levels a turn: those of the layer until it is the right one, then the pair that holds the level beyond.
  for (let isFound = false; ; ) {
    const b = ground + wanted * stride;
    const e = b + east;
    const n = b + north;
    const o = e + north;
    const b0 = sw * (winds[b] ?? 0) + se * (winds[e] ?? 0) + nw * (winds[n] ?? 0) + ne * (winds[o] ?? 0);
    const b1 =
      sw * (winds[b + 4] ?? 0) + se * (winds[e + 4] ?? 0) + nw * (winds[n + 4] ?? 0) + ne * (winds[o + 4] ?? 0);
    const t0 =
      sw * (winds[b + 8] ?? 0) + se * (winds[e + 8] ?? 0) + nw * (winds[n + 8] ?? 0) + ne * (winds[o + 8] ?? 0);
    const t1 =
      sw * (winds[b + 12] ?? 0) + se * (winds[e + 12] ?? 0) + nw * (winds[n + 12] ?? 0) + ne * (winds[o + 12] ?? 0);
    lower = b0 + share * (b1 - b0);
    upper = t0 + share * (t1 - t0);
    if (isFound) break;
    k = wanted;
    low = lower;
    high = upper;
    if (z >= high && k < top) wanted = k + 1;
    else if (z < low && k > 0) wanted = k - 1;
    else {
      const isUpperHalf = 2 * z >= low + high;
      if (isUpperHalf ? k === top : k === 0) break;
      wanted = isUpperHalf ? k + 1 : k - 1;
      isFound = true;
    }
  }
  const middle = 0.5 * (low + high);
  place.level = k;
  place.layerM = high - low;
  place.aboveTop = z > high;
  place.lowestM = middle;
  place.shareW = (Math.min(z, high) - low) / (high - low);
  // u and v lie between the mass level in the middle of this layer and that of the layer above or below.
  place.below = z < middle && k > 0 ? k - 1 : k;
  if (z >= middle) place.shareUv = k < top ? (2 * (z - middle)) / (upper - low) : 0;
  else place.shareUv = k > 0 ? (2 * z - lower - low) / (high - lower) : 0;
}

/** w on the columns, u on the west faces, v on the south faces: one after the other through the same sums. */
function mixWinds(place: JoinedPlace, { winds, nX, nY, nZ, x0, y0, perDX, perDY }: MetField): void {
  const { share, below, shareUv } = place;
  const i = Math.min(Math.max((place.x - x0) * perDX, 0), nX - 1);
  const j = Math.min(Math.max((place.y - y0) * perDY, 0), nY - 1);
  const i0 = Math.min(i | 0, nX - 2);
  const j0 = Math.min(j | 0, nY - 2);
  const iFace = (i + 0.5) | 0;
  const jFace = (j + 0.5) | 0;
  const east = (nZ + 1) * stride;
  const north = (nX + 1) * east;
  let fi = i - i0;
  let fj = j + 0.5 - jFace;
  let b = jFace * north + i0 * east + below * stride + 1;
  let up = shareUv;
  for (let turn = 0; ; turn += 1) {
    const ne = fi * fj;
    const se = fi - ne;
    const nw = fj - ne;
    const sw = 1 - fi - nw;
    const e = b + east;
    const n = b + north;
    const o = e + north;
    const b0 = sw * (winds[b] ?? 0) + se * (winds[e] ?? 0) + nw * (winds[n] ?? 0) + ne * (winds[o] ?? 0);
    const b1 =
      sw * (winds[b + 4] ?? 0) + se * (winds[e + 4] ?? 0) + nw * (winds[n + 4] ?? 0) + ne * (winds[o + 4] ?? 0);
    const t0 =
      sw * (winds[b + 8] ?? 0) + se * (winds[e + 8] ?? 0) + nw * (winds[n + 8] ?? 0) + ne * (winds[o + 8] ?? 0);
    const t1 =
      sw * (winds[b + 12] ?? 0) + se * (winds[e + 12] ?? 0) + nw * (winds[n + 12] ?? 0) + ne * (winds[o + 12] ?? 0);
    const first = b0 + share * (b1 - b0);
    const value = first + up * (t0 + share * (t1 - t0) - first);
    fj = j - j0;
    if (turn === 0) {
      place.v = value;
      fi = i + 0.5 - iFace;
      b = j0 * north + iFace * east + below * stride;
    } else if (turn === 1) {
      place.u = value;
      fi = i - i0;
      b = j0 * north + i0 * east + place.level * stride + 2;
      up = place.shareW;
    } else {
      place.w = value;
      return;
    }
  }
}
