import type { LatLonGrid } from "@/lib/geo/grid";

const metresPerDegree = (6_370_000 * Math.PI) / 180;
const mostCells = 300;
const finestCellM = 100;
/** Cells are between these shares of the weather grid's spacing. */
const finestShare = 0.3;
const coarsestShare = 0.5;
/** Distance per hour that the grid should reach from the fire, and the least distance, m. */
const reachPerHourM = 18_000;
const leastReachM = 20_000;

export type GridRequest = {
  readonly lat: number;
  readonly lon: number;
  readonly hours: number;
  readonly metSpacingM: number;
  /** Bounds of the weather domain, degrees; east may be less than west across the 180th meridian. */
  readonly bounds: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
};

/**
 * The regular longitude-latitude grid of a smoke product.
 *
 * Rule: it should reach 18 km per hour of the run (5 m/s) and at least 20 km from the fire to each side, clipped to the
 * weather domain. The cell is a 300th of that extent, but between 0.3 and 0.5 of the weather grid's spacing and at
 * least 100 m. When 300 cells then cover less than the extent, the grid is centred on the fire and slid inside the
 * domain. Cells of a row have equal length in metres along both axes at the fire's latitude.
 */
export function outputGrid(request: GridRequest): LatLonGrid {
  const { lat, lon, metSpacingM } = request;
  const reachM = Math.max(leastReachM, reachPerHourM * request.hours);
  const eastScale = metresPerDegree * Math.cos((lat * Math.PI) / 180);
  const { south, north } = request.bounds;
  const west = lon - wrap(lon - request.bounds.west);
  const east = lon + wrap(request.bounds.east - lon);
  const wanted = {
    south: Math.max(south, lat - reachM / metresPerDegree),
    north: Math.min(north, lat + reachM / metresPerDegree),
    west: Math.max(west, lon - reachM / eastScale),
    east: Math.min(east, lon + reachM / eastScale),
  };
  const extentM = Math.max((wanted.north - wanted.south) * metresPerDegree, (wanted.east - wanted.west) * eastScale);
  const bounded = Math.min(Math.max(extentM / mostCells, finestShare * metSpacingM), coarsestShare * metSpacingM);
  const cellM = Math.max(bounded, finestCellM);
  const dLat = cellM / metresPerDegree;
  const dLon = cellM / eastScale;
  const rows = axis(lat, wanted.south, wanted.north, dLat);
  const columns = axis(lon, wanted.west, wanted.east, dLon);
  return {
    kind: "latlon",
    nX: columns.count,
    nY: rows.count,
    lon0: columns.first,
    lat0: rows.first,
    dLon,
    dLat,
  };
}

/** Cells of one axis inside [low, high], at most 300, as centred on the fire as the bounds allow. */
function axis(centre: number, low: number, high: number, step: number) {
  const count = Math.max(1, Math.min(mostCells, Math.floor((high - low) / step)));
  const start = Math.min(Math.max(centre - (count * step) / 2, low), Math.max(low, high - count * step));
  return { count, first: start + step / 2 };
}

/** Degrees in [0, 360). */
function wrap(degrees: number): number {
  return degrees - 360 * Math.floor(degrees / 360);
}
