import { feature } from "topojson-client";
import land10m from "world-atlas/land-10m.json";

type Edge = { readonly south: number; readonly north: number; readonly lonAtSouth: number; readonly slope: number };

/**
 * Tells land from sea after the coast of Natural Earth 1:10m (package world-atlas). It is coarse for this domain: the
 * coast may be a kilometre off, and islets are missing.
 * @returns 1 on land, 0 on water, one per position
 */
export function rasteriseLand(positions: readonly { readonly lat: number; readonly lon: number }[]): Uint8Array {
  const lats = positions.map(({ lat }) => lat);
  const edges = edgesBetween(Math.min(...lats), Math.max(...lats));
  return Uint8Array.from(positions, ({ lat, lon }) => {
    const crossings = edges.filter(
      (edge) => lat >= edge.south && lat < edge.north && edge.lonAtSouth + (lat - edge.south) * edge.slope > lon,
    );
    return crossings.length % 2;
  });
}

/** Edges of all coast lines that meet a belt of latitudes. */
function edgesBetween(south: number, north: number): readonly Edge[] {
  const shape = feature(land10m, land10m.objects.land);
  const edges: Edge[] = [];
  for (const { geometry } of shape.features) {
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [];
    for (const ring of polygons.flat())
      for (let index = 1; index < ring.length; index += 1) {
        const [fromLon = 0, fromLat = 0] = ring[index - 1] ?? [];
        const [toLon = 0, toLat = 0] = ring[index] ?? [];
        if (fromLat === toLat || Math.max(fromLat, toLat) < south || Math.min(fromLat, toLat) > north) continue;
        const slope = (toLon - fromLon) / (toLat - fromLat);
        const lonAtSouth = fromLat < toLat ? fromLon : toLon;
        edges.push({ south: Math.min(fromLat, toLat), north: Math.max(fromLat, toLat), lonAtSouth, slope });
      }
  }
  return edges;
}
