import type { GridDescription } from "@/lib/geo/grid";
import { locate, lonLatOf } from "@/lib/geo/locate";
import type { CellPlacement } from "@/lib/map/mesh";

/** A grid that answers both ways: fractional indices (cell centres at integers) to degrees and back. */
export type GridTransform = CellPlacement & {
  /** Fractional index [x, y] of a position in degrees. */
  toIndex(longitude: number, latitude: number): readonly [number, number];
};

/**
 * How the map finds the cells of a published grid. Longitudes go on past 180 rather than jump, so that a grid across
 * the date line stays in one piece.
 */
export function gridTransform(grid: GridDescription): GridTransform {
  const middle = lonLatOf(grid, (grid.nX - 1) / 2, (grid.nY - 1) / 2).lon;
  return {
    nX: grid.nX,
    nY: grid.nY,
    toLonLat(x, y) {
      const { lon, lat } = lonLatOf(grid, x, y);
      return [lon - 360 * Math.round((lon - middle) / 360), lat];
    },
    toIndex(longitude, latitude) {
      const { i, j } = locate(grid, longitude, latitude);
      return [i, j];
    },
  };
}
