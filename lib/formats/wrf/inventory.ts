import type { ProjectedGrid } from "@/lib/geo/grid";

/**
 * What a set of WRF files can drive, known without reading any field: made by the program `inspect`, stored for
 * configured sources, and all that a request is checked against.
 */
export type MetInventory = {
  /** Configured name of the source, or `file` for files given on the host's command line. */
  readonly source: string;
  /** Absolute paths, or addresses for a URL template, each file once. */
  readonly files: readonly MetFile[];
  /** Every frame of every file by time, ascending; a moving nest has another grid in each. */
  readonly frames: readonly MetFrame[];
  /** Names of WRF variables that are not there and will be derived, such as PBLH. */
  readonly derived: readonly string[];
  /** True for synthetic weather. */
  readonly demonstration: boolean;
  /** Run that made the files, when they are a product of ours. */
  readonly runId: string | null;
};

export type MetFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string | null };

export type MetFrame = {
  readonly validAtUtc: string;
  readonly file: number;
  readonly record: number;
  /** Mass points; U and V lie half a cell outside on their staggered axes. */
  readonly grid: ProjectedGrid;
  /** Degrees, of the mass points' hull. */
  readonly bounds: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
};

/** Longest gap between frames that is interpolated, hours; longer ones are refused. */
export const maxGapHours = 3;
/** Gaps above this are bridged and labelled, hours. */
export const labelledGapHours = 1;
