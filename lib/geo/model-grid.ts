/** Fractional indices: cell centres sit at integers, `i` along a row of the file, `j` from row to row. */
type GridIndex = { readonly i: number; readonly j: number };

/** Degrees, longitude in [-180, 180). */
export type GridPlace = { readonly lon: number; readonly lat: number };

/**
 * The grid of a model, whatever its kind, behind one face: regular in degrees or on a projection (WRF), curvilinear (ROMS,
 * CROCO, WaComM, NEMO, WRF on a turned globe). Indices are those of the cell centres (mass or rho points) as the file
 * stores them; points on faces lie half an index beside.
 */
export interface ModelGrid {
  readonly kind: "latlon" | "projected" | "curvilinear";
  readonly nX: number;
  readonly nY: number;
  /** @returns null for a place more than one cell outside the outermost centres */
  locate(lon: number, lat: number): GridIndex | null;
  /** South-west corner of cell (i, j): `toLonLat(i - 0.5, j - 0.5)`. */
  toLonLat(i: number, j: number): GridPlace;
  /** Cells per metre along both axes: d(i)/dt = u perMetreX for a speed u in m s-1 along the rows. */
  metric(i: number, j: number): { readonly perMetreX: number; readonly perMetreY: number };
  /** From east to the direction of a row, counter-clockwise, radians: u_east = u cos a - v sin a. */
  angle(i: number, j: number): number;
  /** False in a cell that the model leaves out (land in the sea), and outside the grid. */
  isActive(i: number, j: number): boolean;
  /** Null for a grid without levels, and for WRF, whose levels move with each frame (`WrfFrame.heightMassM`). */
  readonly vertical: VerticalCoordinate | null;
}

export type VerticalCoordinate = {
  readonly levels: number;
  /**
   * Heights of the levels over the resting surface of a column, m, in the order of the file, negative below it.
   * @param surfaceM height of the surface of the column; fixed levels do not follow it
   */
  heightsM(at: GridIndex, surfaceM: number): Float64Array;
};
