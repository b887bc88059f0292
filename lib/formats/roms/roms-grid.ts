import type { VerticalStretching } from "@/lib/geo/s-coordinate";

/**
 * The fixed part of a ROMS file. Planes are [nEta, nXi] at rho points, row-major; rho (j, i) stands at integer indices.
 * SI units, angles in radians, lon and lat in degrees.
 */
export type RomsGrid = {
  readonly nXi: number;
  readonly nEta: number;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Depth of the bottom, positive down. */
  readonly h: Float64Array;
  /** 1 in the sea, 0 on land. */
  readonly mask: Uint8Array;
  /** From east to the xi axis, counter-clockwise. */
  readonly angle: Float64Array;
  /** Cells per metre along xi and eta. */
  readonly pm: Float64Array;
  readonly pn: Float64Array;
  readonly stretching: VerticalStretching;
  /** s and C(s) of the rho levels, from the bottom to the surface. */
  readonly s: Float64Array;
  readonly c: Float64Array;
};

/**
 * One record of a ROMS file. Currents stand on the faces of the cells, m s-1 along the grid's axes; faces between two cells
 * of which one is land are 0, whatever the file holds there.
 */
export type RomsFrame = {
  /** Height of the surface, m, [nEta, nXi]. */
  readonly zeta: Float64Array;
  /** [levels, nEta, nXi + 1]: (k, j, i) lies on the west face of cell (j, i). */
  readonly uWest: Float64Array;
  /** [levels, nEta + 1, nXi]: (k, j, i) lies on the south face of cell (j, i). */
  readonly vSouth: Float64Array;
};
