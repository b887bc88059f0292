import type { SeaFrame } from "@/lib/formats/roms/read-sea-frame";
import type { SeaDomain } from "@/lib/transport/sea-domain";
import { sigmaRate } from "@/lib/transport/sigma-motion";

/** d(sigma)/dt in the middle of the cells, 1/s: [nY, nX, nZ]. */
export type SigmaRates = Float32Array;

/**
 * From the true vertical velocity. @param rise  d(zeta)/dt, m s-1, [nY, nX]
 * Source: `sigmaRate`; slopes of surface and bottom from the neighbours that are sea.
 */
export function ratesFromW(
  domain: SeaDomain,
  frame: SeaFrame & { readonly w: Float32Array },
  rise: Float32Array,
): SigmaRates {
  const { window, nZ, mask, h, edges } = domain;
  const { nX, nY } = window;
  const rates = new Float32Array(nX * nY * nZ);
  for (let cell = 0; cell < nX * nY; cell += 1) {
    if (mask[cell] !== 1) continue;
    const surface = slopeAt(domain, frame.zeta, cell);
    const bottom = slopeAt(domain, h, cell);
    for (let k = 0; k < nZ; k += 1) {
      const place = cell * nZ + k;
      const below = (edges.below[place] ?? 0) * nX * nY + cell;
      const low = frame.w[below] ?? 0;
      const w = low + (edges.share[place] ?? 0) * ((frame.w[below + nX * nY] ?? low) - low);
      const { u, v } = currentIn(domain, frame, place);
      rates[place] = sigmaRate(-1 + k / (nZ - 1), Number.isNaN(w) ? 0 : w, {
        h: h[cell] ?? 1,
        zeta: frame.zeta[cell] ?? 0,
        surfaceRiseMs: (rise[cell] ?? 0) + u * surface.x + v * surface.y,
        bottomRateMs: u * bottom.x + v * bottom.y,
      });
    }
  }
  return rates;
}

/**
 * From continuity: what the depth-integrated flow brings in beyond its share below a level lifts the level. Nothing passes
 * the bottom or the surface, exactly.
 * Source: dD/dt + div(D u) + d(D sigma')/d(sigma) = 0 with D the depth, integrated from the bottom.
 */
export function ratesFromContinuity(domain: SeaDomain, frame: SeaFrame): SigmaRates {
  const { window, nZ, mask, h, pm, pn } = domain;
  const { nX, nY } = window;
  const rates = new Float32Array(nX * nY * nZ);
  const depthAt = (i: number, j: number) => h[Math.min(j, nY - 1) * nX + Math.min(i, nX - 1)] ?? 1;
  const inflow = new Float64Array(nZ);
  for (let cell = 0; cell < nX * nY; cell += 1) {
    if (mask[cell] !== 1) continue;
    const [i, j] = [cell % nX, Math.trunc(cell / nX)];
    let total = 0;
    for (let k = 0; k < nZ; k += 1) {
      const face = (values: Float32Array, at: number, plane: number) => atLevel(domain, values, { cell, k, at, plane });
      const [uPlane, vPlane] = [nY * (nX + 1), (nY + 1) * nX];
      const west = face(frame.uWest, j * (nX + 1) + i, uPlane) * (depthAt(Math.max(i - 1, 0), j) + depthAt(i, j));
      const east = face(frame.uWest, j * (nX + 1) + i + 1, uPlane) * (depthAt(i, j) + depthAt(i + 1, j));
      const south = face(frame.vSouth, j * nX + i, vPlane) * (depthAt(i, Math.max(j - 1, 0)) + depthAt(i, j));
      const north = face(frame.vSouth, (j + 1) * nX + i, vPlane) * (depthAt(i, j) + depthAt(i, j + 1));
      inflow[k] = 0.5 * ((west - east) * (pm[cell] ?? 0) + (south - north) * (pn[cell] ?? 0));
    }
    for (let k = 0; k < nZ - 1; k += 1) total += 0.5 * ((inflow[k] ?? 0) + (inflow[k + 1] ?? 0));
    let sum = 0;
    for (let k = 1; k < nZ - 1; k += 1) {
      sum += 0.5 * ((inflow[k - 1] ?? 0) + (inflow[k] ?? 0));
      rates[cell * nZ + k] = (sum - (total * k) / (nZ - 1)) / ((nZ - 1) * (h[cell] ?? 1));
    }
  }
  return rates;
}

type Place = { readonly cell: number; readonly k: number; readonly at: number; readonly plane: number };

function atLevel({ levels, nZ }: SeaDomain, values: Float32Array, { cell, k, at, plane }: Place): number {
  const place = cell * nZ + k;
  const below = (levels.below[place] ?? 0) * plane + at;
  const low = values[below] ?? 0;
  return low + (levels.share[place] ?? 0) * ((values[below + plane] ?? low) - low);
}

/** Current in the middle of a cell at a level, from its faces. */
function currentIn(domain: SeaDomain, frame: SeaFrame, place: number) {
  const { nX, nY } = domain.window;
  const [cell, k] = [Math.trunc(place / domain.nZ), place % domain.nZ];
  const [i, j] = [cell % nX, Math.trunc(cell / nX)];
  const mean = (values: Float32Array, at: number, { step, plane }: { step: number; plane: number }) =>
    0.5 *
    (atLevel(domain, values, { cell, k, at, plane }) + atLevel(domain, values, { cell, k, at: at + step, plane }));
  return {
    u: mean(frame.uWest, j * (nX + 1) + i, { step: 1, plane: nY * (nX + 1) }),
    v: mean(frame.vSouth, j * nX + i, { step: nX, plane: (nY + 1) * nX }),
  };
}

/** Slope of a plane along both axes from the neighbours that are sea, m per m. */
function slopeAt({ window: { nX, nY }, mask, pm, pn }: SeaDomain, plane: ArrayLike<number>, cell: number) {
  const [i, j] = [cell % nX, Math.trunc(cell / nX)];
  const along = (low: number, high: number, perM: number) => {
    const [from, to] = [mask[low] === 1 ? low : cell, mask[high] === 1 ? high : cell];
    const steps = Number(from !== cell) + Number(to !== cell);
    return steps === 0 ? 0 : (((plane[to] ?? 0) - (plane[from] ?? 0)) * perM) / steps;
  };
  return {
    x: along(i > 0 ? cell - 1 : cell, i < nX - 1 ? cell + 1 : cell, pm[cell] ?? 0),
    y: along(j > 0 ? cell - nX : cell, j < nY - 1 ? cell + nX : cell, pn[cell] ?? 0),
  };
}
