import { bilinear } from "@/lib/geo/bilinear";
import { wrapLongitude } from "@/lib/geo/projection";

/** Places of the cell centres of a curvilinear grid, degrees, row-major: row j, column i. Two rows and columns or more. */
export type CurvilinearGrid = {
  readonly columns: number;
  readonly rows: number;
  readonly lon: ArrayLike<number>;
  readonly lat: ArrayLike<number>;
};

export type CurvilinearMap = {
  /** Fractional indices of a place; null where the search ends outside the grid's cells by more than one. */
  toIndex(lon: number, lat: number): { readonly i: number; readonly j: number } | null;
  /** Longitude in [-180, 180) and latitude of fractional indices, bilinear between the centres. */
  toLonLat(i: number, j: number): { readonly lon: number; readonly lat: number };
};

const toleranceIndex = 1e-10;
const mostSteps = 50;

/**
 * The way between places and indices of a curvilinear grid: Newton's method on the bilinear map, from the nearest node of
 * a coarse search. Longitudes are unwrapped around the grid's first point, so a grid may lie across the 180th meridian.
 * Checked against roms-sample and roms-trajectory, and by a round trip (curvilinear.test.ts).
 */
export function curvilinearMap({ columns, rows, lon, lat }: CurvilinearGrid): CurvilinearMap {
  const reference = lon[0] ?? 0;
  const unwrapped = Float64Array.from({ length: columns * rows }, (_, at) => wrapLongitude((lon[at] ?? 0) - reference));
  const planes = { east: { values: unwrapped, columns, rows }, north: { values: lat, columns, rows } };
  const nearest = nearestNode(planes, columns, rows);
  return {
    toIndex: (placeLon, placeLat) => {
      const wanted = { east: wrapLongitude(placeLon - reference), north: placeLat };
      return solve(planes, nearest(wanted), wanted);
    },
    toLonLat: (i, j) => ({
      lon: wrapLongitude(reference + bilinear(planes.east, i, j)),
      lat: bilinear(planes.north, i, j),
    }),
  };
}

type Planes = Readonly<Record<"east" | "north", { values: ArrayLike<number>; columns: number; rows: number }>>;
type Place = { readonly east: number; readonly north: number };

function solve(planes: Planes, start: { i: number; j: number }, wanted: Place) {
  const { columns, rows } = planes.east;
  let { i, j } = start;
  for (let step = 0; step < mostSteps; step += 1) {
    const i0 = Math.min(Math.max(Math.floor(i), 0), columns - 2);
    const j0 = Math.min(Math.max(Math.floor(j), 0), rows - 2);
    const [x, xi, xj] = cellMap(planes.east, { i0, j0, i, j });
    const [y, yi, yj] = cellMap(planes.north, { i0, j0, i, j });
    const determinant = xi * yj - xj * yi;
    const [dx, dy] = [wanted.east - x, wanted.north - y];
    const di = (dx * yj - dy * xj) / determinant;
    const dj = (dy * xi - dx * yi) / determinant;
    if (!Number.isFinite(di) || !Number.isFinite(dj)) return null;
    if (Math.abs(di) < toleranceIndex && Math.abs(dj) < toleranceIndex) return within(i, j, planes);
    i = Math.min(Math.max(i + di, -2), columns + 1);
    j = Math.min(Math.max(j + dj, -2), rows + 1);
  }
  return null;
}

function within(i: number, j: number, { east: { columns, rows } }: Planes) {
  return i >= -1 && j >= -1 && i <= columns && j <= rows ? { i, j } : null;
}

/** Value and its derivatives along i and j of the bilinear map of one cell, also beyond its edges. */
function cellMap(
  { values, columns }: Planes["east"],
  { i0, j0, i, j }: { i0: number; j0: number; i: number; j: number },
): readonly [number, number, number] {
  const at = j0 * columns + i0;
  const [sw = 0, se = 0] = [values[at], values[at + 1]];
  const [nw = 0, ne = 0] = [values[at + columns], values[at + columns + 1]];
  const [fi, fj] = [i - i0, j - j0];
  const south = sw + fi * (se - sw);
  const north = nw + fi * (ne - nw);
  return [south + fj * (north - south), se - sw + fj * (ne - nw - (se - sw)), north - south];
}

/** A start for Newton: the nearest of about a thousand nodes, then of those around it. */
function nearestNode(planes: Planes, columns: number, rows: number) {
  const stride = Math.max(1, Math.floor(Math.sqrt((columns * rows) / 1000)));
  const distance = ({ east, north }: Place, i: number, j: number) => {
    const at = j * columns + i;
    const shrink = Math.cos((north * Math.PI) / 180);
    return (((planes.east.values[at] ?? 0) - east) * shrink) ** 2 + ((planes.north.values[at] ?? 0) - north) ** 2;
  };
  const best = (place: Place, box: { i0: number; i1: number; j0: number; j1: number; step: number }) => {
    let found = { i: box.i0, j: box.j0, square: Number.POSITIVE_INFINITY };
    for (let j = Math.max(0, box.j0); j < Math.min(rows, box.j1); j += box.step) {
      for (let i = Math.max(0, box.i0); i < Math.min(columns, box.i1); i += box.step) {
        const square = distance(place, i, j);
        if (square < found.square) found = { i, j, square };
      }
    }
    return found;
  };
  return (place: Place) => {
    const { i, j } = best(place, { i0: 0, i1: columns, j0: 0, j1: rows, step: stride });
    if (stride === 1) return { i, j };
    return best(place, { i0: i - stride, i1: i + stride + 1, j0: j - stride, j1: j + stride + 1, step: 1 });
  };
}
