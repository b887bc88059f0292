import type { SeaGrid, SeaWindow } from "@/lib/formats/roms/sea-grid";

/**
 * Where equally spaced levels of sigma lie among the levels of a terrain-following column: for each column and level the
 * level below and the share of the one above. [nY, nX, nZ], level 0 at the bottom. Beyond the ends the end holds.
 */
export type SigmaLayout = { readonly nZ: number; readonly below: Uint8Array; readonly share: Float32Array };

/**
 * Lays equally spaced sigma out among levels s with stretching C. Height over the depth is sigma, whatever the surface:
 * z0 / h for ROMS's first transform, (hc s + h C) / (hc + h) for the second.
 */
export function sigmaLayout(
  grid: SeaGrid,
  window: SeaWindow,
  { s, c, nZ }: { readonly s: ArrayLike<number>; readonly c: ArrayLike<number>; readonly nZ: number },
): SigmaLayout {
  const { nX, nY } = window;
  const below = new Uint8Array(nX * nY * nZ);
  const share = new Float32Array(nX * nY * nZ);
  const { transform, criticalDepthM: hc } = grid.stretching;
  const column = new Float64Array(s.length);
  for (let cell = 0; cell < nX * nY; cell += 1) {
    const h = grid.h[(window.j0 + Math.trunc(cell / nX)) * grid.nXi + window.i0 + (cell % nX)] ?? 1;
    for (let k = 0; k < s.length; k += 1) {
      const [sk, ck] = [s[k] ?? 0, c[k] ?? 0];
      column[k] = transform === 1 ? (hc * (sk - ck)) / h + ck : (hc * sk + h * ck) / (hc + h);
    }
    for (let level = 0, k = 0; level < nZ; level += 1) {
      const sigma = -1 + level / (nZ - 1);
      while (k < s.length - 2 && (column[k + 1] ?? 0) <= sigma) k += 1;
      const [low, high] = [column[k] ?? 0, column[k + 1] ?? 0];
      below[cell * nZ + level] = k;
      share[cell * nZ + level] = s.length < 2 ? 0 : Math.min(1, Math.max(0, (sigma - low) / (high - low)));
    }
  }
  return { nZ, below, share };
}
