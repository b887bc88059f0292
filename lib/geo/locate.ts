import type { GridDescription, LatLonGrid, ProjectedGrid } from "@/lib/geo/grid";
import { projectionOf, wrapLongitude } from "@/lib/geo/projection";

/**
 * Fractional grid indices of a place: cell centres sit at integers, `i` grows eastward, `j` northward. Outside the grid
 * they lie outside [0, nX - 1] and [0, nY - 1].
 * @param lon,lat degrees; a longitude of any turn, taken on the side nearer to the grid's middle
 */
export function locate(grid: GridDescription, lon: number, lat: number): { readonly i: number; readonly j: number } {
  return grid.kind === "latlon" ? locateLatLon(grid, lon, lat) : locateProjected(grid, lon, lat);
}

/** Longitude in [-180, 180) and latitude, degrees, of fractional grid indices. */
export function lonLatOf(grid: GridDescription, i: number, j: number): { readonly lon: number; readonly lat: number } {
  if (grid.kind === "latlon") return { lon: wrapLongitude(grid.lon0 + i * grid.dLon), lat: grid.lat0 + j * grid.dLat };
  return projectionOf(grid.projection).toLonLat(grid.x0 + i * grid.dX, grid.y0 + j * grid.dY);
}

/** South-west corner of cell (i, j), degrees; (nX, nY) gives the north-east corner of the grid. */
export function cellCorner(
  grid: GridDescription,
  i: number,
  j: number,
): { readonly lon: number; readonly lat: number } {
  return lonLatOf(grid, i - 0.5, j - 0.5);
}

function locateLatLon(grid: LatLonGrid, lon: number, lat: number) {
  const middle = grid.lon0 + ((grid.nX - 1) / 2) * grid.dLon;
  const unwrapped = middle + wrapLongitude(lon - middle);
  return { i: (unwrapped - grid.lon0) / grid.dLon, j: (lat - grid.lat0) / grid.dLat };
}

function locateProjected(grid: ProjectedGrid, lon: number, lat: number) {
  const { x, y } = projectionOf(grid.projection).toPlane(lon, lat);
  const i = (x - grid.x0) / grid.dX;
  return { i: grid.projection.name === "mercator" ? nearestTurn(grid, i) : i, j: (y - grid.y0) / grid.dY };
}

/** A Mercator plane repeats itself once around the earth; a domain may lie across its cut. */
function nearestTurn(grid: ProjectedGrid, i: number): number {
  const { trueLat1, radiusM } = grid.projection;
  const turn = (2 * Math.PI * radiusM * Math.cos((trueLat1 * Math.PI) / 180)) / grid.dX;
  const middle = (grid.nX - 1) / 2;
  return i - turn * Math.round((i - middle) / turn);
}
