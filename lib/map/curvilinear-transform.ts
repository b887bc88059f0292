import { type CurvilinearGrid, curvilinearMap } from "@/lib/geo/curvilinear";
import type { GridTransform } from "@/lib/map/grid-transform";

/**
 * How the map finds the cells of a curvilinear grid such as ROMS: bilinear between the centres, and half a cell outward
 * as the outermost cells go on. Longitudes go on past 180 rather than jump.
 * @returns `toIndex` gives NaN for a place that is more than one cell outside
 * Checked against the psi points of ROMS files (curvilinear-transform.test.ts): corners within 0.01 cell.
 */
export function curvilinearTransform(grid: CurvilinearGrid): GridTransform {
  const { columns: nX, rows: nY } = grid;
  const map = curvilinearMap(grid);
  const middle = map.toLonLat((nX - 1) / 2, (nY - 1) / 2).lon;
  const inside = (x: number, y: number): LonLat => {
    const { lon, lat } = map.toLonLat(x, y);
    return [lon - 360 * Math.round((lon - middle) / 360), lat];
  };
  const alongX = (x: number, y: number) => outward(x, nX - 1, (within) => inside(within, y));
  return {
    nX,
    nY,
    toLonLat: (x, y) => outward(y, nY - 1, (within) => alongX(x, within)),
    toIndex(longitude, latitude) {
      const found = map.toIndex(longitude, latitude);
      return found ? [found.i, found.j] : [Number.NaN, Number.NaN];
    },
  };
}

type LonLat = readonly [number, number];

/** Beyond the first or last centre the cell beside it is mirrored, which goes on straight. */
function outward(at: number, last: number, place: (within: number) => LonLat): LonLat {
  const edge = Math.min(Math.max(at, 0), last);
  if (edge === at) return place(at);
  const [lon, lat] = place(edge);
  const [mirrorLon, mirrorLat] = place(2 * edge - at);
  return [2 * lon - mirrorLon, 2 * lat - mirrorLat];
}
