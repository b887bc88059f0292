import type { RomsGrid } from "@/lib/formats/roms/roms-grid";

/** The fixed part of an ocean file as a run of bacteria needs it. */
export type SeaGrid = RomsGrid & {
  /** s and C(s) of the edges between the levels, from the bottom to the surface: one more than the levels. */
  readonly sW: Float64Array;
  readonly cW: Float64Array;
  /** True where u and v stand in the middle of the cells (WaComM native), not on their faces. */
  readonly currentsInMiddle: boolean;
  /** True for a plane without places: its metres were laid out around latitude 0, longitude 0. */
  readonly isPlane: boolean;
};

/** The part of a grid that is read: cells from (j0, i0) on. */
export type SeaWindow = { readonly i0: number; readonly j0: number; readonly nX: number; readonly nY: number };
