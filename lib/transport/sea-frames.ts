import type { SeaFrame } from "@/lib/formats/roms/read-sea-frame";
import type { SeaDomain } from "@/lib/transport/sea-domain";
import { type SeaPair, seaPair } from "@/lib/transport/sea-field";
import { ratesFromContinuity, ratesFromW, type SigmaRates } from "@/lib/transport/sigma-rates";

/** Mixing faster than this share of the squared depth per step leaves a column as well mixed, and the walk exact. */
const mixingPerStep = 1 / 80;

export type SeaSpan = { readonly fromSeconds: number; readonly toSeconds: number; readonly stepSeconds: number };

/**
 * Two frames laid out for the kernel. The vertical motion comes from the files' w where both hold it, else from continuity.
 * Diffusivity that would mix a column within a few steps is limited to what the step can follow.
 * @param allocate  memory of the field; shared memory spares the threads a copy
 */
export function framesToPair(
  domain: SeaDomain,
  frames: readonly [SeaFrame, SeaFrame],
  span: SeaSpan & { readonly allocate?: (length: number) => Float32Array },
): SeaPair {
  const { window, nZ, mask, h, pm, pn, levels } = domain;
  const { nX, nY } = window;
  const rates = frames.map((frame, n) => ratesOf(domain, frame, { other: frames[1 - n] ?? frame, sign: n, span }));
  const mixing = frames.map((frame) => mixingOf(domain, frame));
  const cell = (j: number, i: number) => Math.min(j, nY - 1) * nX + Math.min(i, nX - 1);
  const along = (values: Float32Array, planeLength: number, at: number, place: number) => {
    const below = (levels.below[place] ?? 0) * planeLength + at;
    const low = values[below] ?? 0;
    return low + (levels.share[place] ?? 0) * ((values[below + planeLength] ?? low) - low);
  };
  return seaPair(
    {
      nX,
      nY,
      nZ,
      fromSeconds: span.fromSeconds,
      toSeconds: span.toSeconds,
      isSea: (i, j) => mask[j * nX + i] === 1,
      spacingX: (i, j) => 1 / (pm[cell(j, i)] ?? 1),
      spacingY: (i, j) => 1 / (pn[cell(j, i)] ?? 1),
      depth: (i, j) => h[cell(j, i)] ?? 1,
      u: (frame, k, j, i) => along(frames[frame]?.uWest ?? empty, nY * (nX + 1), j * (nX + 1) + i, cell(j, i) * nZ + k),
      v: (frame, k, j, i) => along(frames[frame]?.vSouth ?? empty, (nY + 1) * nX, j * nX + i, cell(j, i) * nZ + k),
      sigmaRate: (frame, k, j, i) => rates[frame]?.[cell(j, i) * nZ + k] ?? 0,
      diffusivity: (frame, k, j, i) => {
        const depth = h[cell(j, i)] ?? 1;
        return Math.min(mixing[frame]?.(cell(j, i), k) ?? 0, (mixingPerStep * depth * depth) / span.stepSeconds);
      },
    },
    span.allocate,
  );
}

const empty = new Float32Array(0);

function ratesOf(
  domain: SeaDomain,
  frame: SeaFrame,
  { other, sign, span }: { other: SeaFrame; sign: number; span: SeaSpan },
): SigmaRates {
  if (frame.w === null) return ratesFromContinuity(domain, frame);
  const seconds = (sign === 0 ? 1 : -1) * (span.toSeconds - span.fromSeconds);
  const rise = frame.zeta.map((value, cell) => ((other.zeta[cell] ?? value) - value) / seconds);
  return ratesFromW(domain, { ...frame, w: frame.w }, rise);
}

/** Depth of the mixed layer and friction velocity of the water under a wind of 5 m/s, where the files give no mixing. */
const assumedLayerM = 20;
const assumedFrictionMs = 0.006;

/** Diffusivity at a level of a column, m2 s-1: the files', else Large et al. (1994), kappa u* z (1 - z/H)^2. */
function mixingOf({ nZ, h, edges, window }: SeaDomain, { diffusivity }: SeaFrame): (cell: number, k: number) => number {
  const plane = window.nX * window.nY;
  if (diffusivity === null)
    return (cell, k) => {
      const layer = Math.min(assumedLayerM, h[cell] ?? 1);
      const depth = (1 - k / (nZ - 1)) * (h[cell] ?? 1);
      return depth >= layer ? 0 : 0.4 * assumedFrictionMs * depth * (1 - depth / layer) ** 2;
    };
  return (cell, k) => {
    const below = (edges.below[cell * nZ + k] ?? 0) * plane + cell;
    const low = diffusivity[below] ?? 0;
    const value = low + (edges.share[cell * nZ + k] ?? 0) * ((diffusivity[below + plane] ?? low) - low);
    // Missing on land.
    return value > 0 ? value : 0;
  };
}
