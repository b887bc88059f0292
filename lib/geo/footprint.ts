import type { ToLonLat } from "@/lib/geo/crs-to-lon-lat";

type Point = readonly [number, number];
type Ring = readonly Point[];

/** Where a raster lies on the globe, as GeoJSON wants it. */
export type Footprint = {
  /** West, south, east, north, degrees; west is above east where it crosses the antimeridian. */
  readonly bbox: readonly [number, number, number, number];
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
};

/** Points of each edge: an edge that is straight on a plane is bent on the globe. */
const pointsPerEdge = 16;

/**
 * The outline of a raster in longitude and latitude, counter-clockwise, cut at the antimeridian.
 * @param placeOf  plane coordinates of a corner or edge point, given as shares of its width and height from the top left
 * @returns null when a point of the edge has no longitude and latitude
 * Source: RFC 7946, sections 3.1.6, 3.1.9 and 5.2
 */
export function footprintOf(placeOf: (u: number, v: number) => Point, toLonLat: ToLonLat): Footprint | null {
  const shares = Array.from({ length: pointsPerEdge }, (_, index) => index / pointsPerEdge);
  const edge: Point[] = [
    ...shares.map((s) => placeOf(0, s)),
    ...shares.map((s) => placeOf(s, 1)),
    ...shares.map((s) => placeOf(1, 1 - s)),
    ...shares.map((s) => placeOf(1 - s, 0)),
  ];
  const ring = unwrap(edge.map(([x, y]) => toLonLat(x, y)));
  if (!ring.flat().every(Number.isFinite)) return null;
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const outline = isCounterClockwise(ring) ? ring : ring.toReversed();
  if (east <= 180 && west >= -180)
    return { bbox: [west, south, east, north], geometry: { type: "Polygon", coordinates: [closed(outline)] } };
  const cut = east > 180 ? 180 : -180;
  const parts = [
    cutAt(outline, (lon) => cut - lon, cut).map(([lon, lat]): Point => [cut > 0 ? lon : lon + 360, lat]),
    cutAt(outline, (lon) => lon - cut, cut).map(([lon, lat]): Point => [cut > 0 ? lon - 360 : lon, lat]),
  ];
  const isRound = east - west >= 360;
  const [from, to] = isRound ? [-180, 180] : cut > 0 ? [west, east - 360] : [west + 360, east];
  return {
    bbox: [from, south, to, north],
    geometry: { type: "MultiPolygon", coordinates: parts.map((part) => [closed(part)]) },
  };
}

/** Longitudes that go on from point to point without a jump. */
function unwrap(points: readonly { readonly lon: number; readonly lat: number }[]): Ring {
  let last = points[0]?.lon ?? 0;
  return points.map(({ lon, lat }) => {
    last += ((((lon - last + 180) % 360) + 360) % 360) - 180;
    return [last, lat];
  });
}

function isCounterClockwise(ring: Ring): boolean {
  const twiceArea = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return twiceArea > 0;
}

/** The part of a ring where `inside` of the longitude is not negative (Sutherland and Hodgman, one edge). */
function cutAt(ring: Ring, inside: (lon: number) => number, cut: number): Ring {
  return ring.flatMap((point, index): Point[] => {
    const next = ring[(index + 1) % ring.length] ?? point;
    const [isIn, isNextIn] = [inside(point[0]) >= 0, inside(next[0]) >= 0];
    const own = isIn ? [point] : [];
    if (isIn === isNextIn) return own;
    const share = (cut - point[0]) / (next[0] - point[0]);
    return [...own, [cut, point[1] + share * (next[1] - point[1])]];
  });
}

const closed = (ring: Ring): Ring => [...ring, ...ring.slice(0, 1)];
