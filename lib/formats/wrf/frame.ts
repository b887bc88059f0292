import type { ProjectedGrid } from "@/lib/geo/grid";
import type { DegradedLabel } from "@/lib/map/product";

/** A rectangle of mass points of a grid: columns i0 .. i0+nX-1, rows j0 .. j0+nY-1, halo included. */
export type FrameWindow = { readonly i0: number; readonly j0: number; readonly nX: number; readonly nY: number };

/**
 * One frame of WRF on a window of its grid, as the transport model reads it. All arrays are row-major, slowest first
 * (level k from the ground up, row j from the south, column i from the west); window cell (0, 0) is grid cell
 * (j0, i0). Winds stay on their staggered points and are relative to the grid's axes; nothing is missing (NaN) inside.
 * `nZ` mass levels lie between `nZ + 1` w levels. Units SI; heights in metres above the ground of the same column.
 *
 * Layout: `[nZ, nY, nX]` value (k, j, i) stands at `(k * nY + j) * nX + i`; a staggered axis is one longer.
 * Motion in grid indices: d(i)/dt = u mapFactor / grid.dX, d(j)/dt = v mapFactor / grid.dY.
 * Two frames of a moving nest have different grids: combine them at the same projection coordinates, never at the
 * same index.
 */
export type WrfFrame = {
  readonly validAtUtc: string;
  /** Mass points of the whole frame, not of the window. */
  readonly grid: ProjectedGrid;
  readonly window: FrameWindow;
  readonly nZ: number;
  /** Wind along grid x, m s-1, [nZ, nY, nX + 1]; (k, j, i) lies on the west face of cell (j, i), at index i - 1/2. */
  readonly u: Float32Array;
  /** Wind along grid y, m s-1, [nZ, nY + 1, nX]; (k, j, i) lies on the south face of cell (j, i), at index j - 1/2. */
  readonly v: Float32Array;
  /** Vertical wind, m s-1, [nZ + 1, nY, nX], at mass points on w levels. */
  readonly w: Float32Array;
  /** Height of the w levels above ground, m, [nZ + 1, nY, nX]; the lowest is the ground (0 but for rounding). */
  readonly heightWM: Float32Array;
  /** Height of the mass levels above ground, m, [nZ, nY, nX]: the mean of the two w levels around. */
  readonly heightMassM: Float32Array;
  /** Air density with moisture where the file has QVAPOR, kg m-3, [nZ, nY, nX]. */
  readonly densityKgPerM3: Float32Array;
  /** Potential temperature, K, [nZ, nY, nX]. */
  readonly potentialTemperatureK: Float32Array;
  /** Wind at 10 m above ground along grid x and y, m s-1, [nY, nX], at mass points. */
  readonly u10: Float32Array;
  readonly v10: Float32Array;
  /** Air temperature at 2 m, K, [nY, nX]. */
  readonly t2K: Float32Array;
  /** Pressure at the ground, Pa, [nY, nX]. */
  readonly surfacePressurePa: Float32Array;
  /** Height of the boundary layer above ground, m, [nY, nX]; read, or bulk Richardson number 0.25. Not limited. */
  readonly boundaryLayerHeightM: Float32Array;
  /** Friction velocity, m s-1, [nY, nX]; read, or log law from the wind at 10 m. */
  readonly frictionVelocityMetresPerSecond: Float32Array;
  /** Upward sensible heat flux at the ground, W m-2, [nY, nX]; read, or 0 (neutral). */
  readonly sensibleHeatFluxWPerM2: Float32Array;
  /** Rain since the start of the simulation, mm, [nY, nX]; `rainRate` of two frames turns it into mm/h. */
  readonly accumulatedRainMm: Float32Array;
  /** Height of the ground above the sea, m, [nY, nX]. */
  readonly terrainHeightM: Float32Array;
  /** 1 on land, 0 on water, [nY, nX]. */
  readonly landMask: Uint8Array;
  /** Map factor m (length on the projection / length on the sphere), [nY, nX], from the projection. */
  readonly mapFactor: Float32Array;
  /** What had to be derived because the file lacks it. */
  readonly degraded: readonly DegradedLabel[];
};
