import type { MetFile } from "@/lib/formats/wrf/inventory";

/**
 * What a set of ocean files (ROMS, CROCO, WaComM native) can drive, known without reading a current: made by the program
 * `inspect`, stored for configured sources, and all that a request is checked against.
 */
export type SeaInventory = {
  /** Configured name of the source, or `file` for files given on the host's command line. */
  readonly source: string;
  readonly files: readonly MetFile[];
  /** Every frame of every file by time, ascending. */
  readonly frames: readonly SeaFrameRef[];
  /** Names of variables that are not there and for which something else is used (`seaLabels`). */
  readonly derived: readonly string[];
  /** Degrees, of the cell centres. */
  readonly bounds: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
  /** Median length of a cell, m. */
  readonly spacingM: number;
  /** True for synthetic currents. */
  readonly demonstration: boolean;
  readonly runId: string | null;
};

export type SeaFrameRef = { readonly validAtUtc: string; readonly file: number; readonly record: number };
