import type { SeaGrid, SeaWindow } from "@/lib/formats/roms/sea-grid";
import { type SigmaLayout, sigmaLayout } from "@/lib/transport/sea-sigma";

/** Grid, window and levels that all frames of a run share. */
export type SeaDomain = {
  readonly window: SeaWindow;
  readonly nZ: number;
  /** [nY, nX] of the window: 1 in the sea, depth in m, cells per metre. */
  readonly mask: Uint8Array;
  readonly h: Float64Array;
  readonly pm: Float64Array;
  readonly pn: Float64Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly angle: Float64Array;
  readonly levels: SigmaLayout;
  readonly edges: SigmaLayout;
};

/** Levels of the kernel: enough to resolve the surface layer, few enough for the cache. */
const fewestLevels = 12;
const mostLevels = 30;

/** Prepares a window of a grid. */
export function seaDomain(grid: SeaGrid, window: SeaWindow): SeaDomain {
  const nZ = Math.min(Math.max(grid.s.length, fewestLevels), mostLevels);
  const cut = <T extends Float64Array | Uint8Array>(plane: T, into: T): T => {
    for (let j = 0; j < window.nY; j += 1) {
      const from = (window.j0 + j) * grid.nXi + window.i0;
      into.set(plane.subarray(from, from + window.nX), j * window.nX);
    }
    return into;
  };
  const cells = window.nX * window.nY;
  const plane = (values: Float64Array) => cut(values, new Float64Array(cells));
  return {
    window,
    nZ,
    mask: cut(grid.mask, new Uint8Array(cells)),
    h: plane(grid.h),
    pm: plane(grid.pm),
    pn: plane(grid.pn),
    lon: plane(grid.lon),
    lat: plane(grid.lat),
    angle: plane(grid.angle),
    levels: sigmaLayout(grid, window, { s: grid.s, c: grid.c, nZ }),
    edges: sigmaLayout(grid, window, { s: grid.sW, c: grid.cW, nZ }),
  };
}
