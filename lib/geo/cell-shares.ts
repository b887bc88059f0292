import type { LatLonGrid } from "@/lib/geo/grid";
import { type LonLat, ringShares } from "@/lib/geo/ring-shares";

/** Outer ring first, then holes; degrees, closed or not, either way round; not across the 180th meridian. */
export type PolygonRings = readonly (readonly LonLat[])[];

export type CellShare = {
  /** Row x nX + column, row 0 south. */
  readonly cell: number;
  /** Ground of the cell inside the area, m2. */
  readonly areaM2: number;
};

const metresPerDegree = (6_370_000 * Math.PI) / 180;
/** What rounding leaves of a cell that is not touched lies below. */
const smallestShare = 1e-10;

/**
 * The cells of a grid that the polygons of an area touch, with the exact area that it has of each. Degrees are taken as
 * plane within a cell, of the length that they have in its middle. Ground under several of the polygons counts once:
 * a cell is never counted beyond its own area.
 * @returns empty when all of it lies outside
 */
export function cellShares(polygons: readonly PolygonRings[], grid: LatLonGrid): readonly CellShare[] {
  const whole = new Map<number, number>();
  for (const polygon of polygons)
    for (const [cell, share] of polygonShares(polygon, grid)) {
      if (share > smallestShare) whole.set(cell, Math.min(1, (whole.get(cell) ?? 0) + share));
    }
  return [...whole]
    .sort(([a], [b]) => a - b)
    .map(([cell, share]) => ({ cell, areaM2: share * cellAreaM2(grid, Math.floor(cell / grid.nX)) }));
}

/** Part of each cell inside the outer ring and outside the holes. */
function polygonShares([outer = [], ...holes]: PolygonRings, grid: LatLonGrid): Map<number, number> {
  const inside = new Map<number, number>();
  for (const [at, ring] of [outer, ...holes].entries()) {
    const found = ringShares(ring, grid);
    if (found === null) continue;
    const { west, south, columns, shares } = found;
    for (const [place, share] of shares.entries()) {
      if (share <= smallestShare) continue;
      const cell = (south + Math.floor(place / columns)) * grid.nX + west + (place % columns);
      inside.set(cell, (inside.get(cell) ?? 0) + (at === 0 ? share : -share));
    }
  }
  return inside;
}

/** Ground of a cell of a row, m2. */
function cellAreaM2(grid: LatLonGrid, row: number): number {
  const lat = grid.lat0 + row * grid.dLat;
  return metresPerDegree ** 2 * Math.cos((lat * Math.PI) / 180) * grid.dLon * grid.dLat;
}

/** Part of an area that lies inside a grid, 0..1, by degrees as plane; ground under several polygons counts as often. */
export function insideShare(polygons: readonly PolygonRings[], grid: LatLonGrid): number {
  let whole = 0;
  let inside = 0;
  for (const polygon of polygons) {
    const [outer = 0, ...holes] = polygon.map((ring) => Math.abs(squareDegrees(ring)));
    whole += outer - holes.reduce((sum, hole) => sum + hole, 0);
    for (const share of polygonShares(polygon, grid).values()) inside += share * grid.dLon * grid.dLat;
  }
  return whole > 0 ? Math.min(1, inside / whole) : 0;
}

/** By the shoelace formula. */
function squareDegrees(ring: readonly LonLat[]): number {
  const [origin = [0, 0]] = ring;
  let sum = 0;
  let [x, y] = ring.at(-1) ?? origin;
  for (const [nextX, nextY] of ring) {
    sum += (x - origin[0]) * (nextY - origin[1]) - (nextX - origin[0]) * (y - origin[1]);
    [x, y] = [nextX, nextY];
  }
  return 0.5 * sum;
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
