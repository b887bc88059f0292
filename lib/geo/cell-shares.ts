import type { LatLonGrid } from "@/lib/geo/grid";

/** A place in degrees: longitude, latitude. */
export type LonLat = readonly [number, number];
/** Outer ring first, then holes; degrees, closed or not, either way round; not across the 180th meridian. */
export type PolygonRings = readonly (readonly LonLat[])[];

export type CellShare = {
  /** Row x nX + column, row 0 south. */
  readonly cell: number;
  /** Ground of the cell inside the polygon, m2. */
  readonly areaM2: number;
};

const metresPerDegree = (6_370_000 * Math.PI) / 180;

/**
 * The cells of a grid that a polygon touches, with the exact area that it has of each: the polygon is clipped to every
 * cell of its rectangle. Degrees are taken as plane within a cell, of the length that they have in its middle.
 * @returns empty when the polygon lies outside
 * Source: Sutherland and Hodgman (1974) for the clipping; the area of what is left by the shoelace formula
 */
export function cellShares(polygon: PolygonRings, grid: LatLonGrid): readonly CellShare[] {
  const [outer = []] = polygon;
  const columns = range(
    outer.map(([lon]) => (lon - grid.lon0) / grid.dLon),
    grid.nX,
  );
  const rows = range(
    outer.map(([, lat]) => (lat - grid.lat0) / grid.dLat),
    grid.nY,
  );
  return rows.flatMap((row) => {
    const lat = grid.lat0 + row * grid.dLat;
    const squareM2 = metresPerDegree ** 2 * Math.cos((lat * Math.PI) / 180);
    return columns.flatMap((column) => {
      const box = boxOf(grid, column, row);
      const [whole = 0, ...holes] = polygon.map((ring) => Math.abs(areaOf(clip(ring, box))));
      const areaM2 = squareM2 * (whole - holes.reduce((sum, hole) => sum + hole, 0));
      return areaM2 > 0 ? [{ cell: row * grid.nX + column, areaM2 }] : [];
    });
  });
}

/** A disc on the ground as a polygon of 64 corners. */
export function discAround([lon, lat]: LonLat, radiusM: number): PolygonRings {
  const north = radiusM / metresPerDegree;
  const east = north / Math.cos((lat * Math.PI) / 180);
  const corners = Array.from({ length: 64 }, (_, at): LonLat => {
    const turn = (2 * Math.PI * at) / 64;
    return [lon + east * Math.cos(turn), lat + north * Math.sin(turn)];
  });
  return [corners];
}

type Box = { readonly west: number; readonly east: number; readonly south: number; readonly north: number };

function boxOf(grid: LatLonGrid, column: number, row: number): Box {
  const west = grid.lon0 + (column - 0.5) * grid.dLon;
  const south = grid.lat0 + (row - 0.5) * grid.dLat;
  return { west, south, east: west + grid.dLon, north: south + grid.dLat };
}

/** Cells of an axis that hold some fractional places, within the grid. */
function range(places: readonly number[], count: number): readonly number[] {
  const first = Math.max(0, Math.round(Math.min(...places)));
  const last = Math.min(count - 1, Math.round(Math.max(...places)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

function clip(ring: readonly LonLat[], { west, east, south, north }: Box): readonly LonLat[] {
  const sides = [
    { axis: 0, limit: west, sign: 1 },
    { axis: 0, limit: east, sign: -1 },
    { axis: 1, limit: south, sign: 1 },
    { axis: 1, limit: north, sign: -1 },
  ] as const;
  return sides.reduce<readonly LonLat[]>((points, { axis, limit, sign }) => {
    const depth = (point: LonLat) => sign * (point[axis] - limit);
    return points.flatMap((point, at) => {
      const before = points[(at + points.length - 1) % points.length] ?? point;
      const [from, to] = [depth(before), depth(point)];
      const share = from / (from - to);
      const crossing: LonLat = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])];
      if (to >= 0) return from >= 0 ? [point] : [crossing, point];
      return from >= 0 ? [crossing] : [];
    });
  }, ring);
}

function areaOf(ring: readonly LonLat[]): number {
  const [origin = [0, 0]] = ring;
  return (
    0.5 *
    ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = ring[(at + 1) % ring.length] ?? origin;
      return sum + (x - origin[0]) * (nextY - origin[1]) - (nextX - origin[0]) * (y - origin[1]);
    }, 0)
  );
}
