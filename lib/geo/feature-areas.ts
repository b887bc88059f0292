import { z } from "zod";
import { discAround, type PolygonRings } from "@/lib/geo/cell-shares";
import type { LonLat } from "@/lib/geo/ring-shares";

const place = z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]).rest(z.number());
const rings = z.array(z.array(place).min(3).max(20_000)).min(1).max(100);

/**
 * Farms, schools or districts as a person uploads them: a GeoJSON FeatureCollection of polygons and points, each with a
 * `name` among its properties or without.
 */
export const areasSchema = z.object({
  type: z.literal("FeatureCollection"),
  features: z
    .array(
      z.object({
        type: z.literal("Feature"),
        properties: z
          .object({ name: z.string().max(200).optional() })
          .loose()
          .nullable(),
        geometry: z.discriminatedUnion("type", [
          z.object({ type: z.literal("Point"), coordinates: place }),
          z.object({ type: z.literal("Polygon"), coordinates: rings }),
          z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(rings).min(1).max(200) }),
        ]),
      }),
    )
    .max(500),
});

/** Corners that all outlines of a collection may have together: their work stays within seconds. */
export const mostCorners = 50_000;

export function cornersOf({ features }: z.output<typeof areasSchema>): number {
  const rings = features.flatMap(({ geometry }) => (geometry.type === "Point" ? [] : polygonsOf(geometry).flat()));
  return rings.reduce((sum, { length }) => sum + length, 0);
}

export type NamedArea = { readonly name: string; readonly polygons: readonly PolygonRings[] };

/** A point stands for a farm or a house: what lies this near counts as it. */
const pointRadiusM = 100;

/** The areas of a collection, by their names or their numbers. */
export function areasOf({ features }: z.output<typeof areasSchema>): readonly NamedArea[] {
  return features.map(({ properties, geometry }, at) => ({
    name: properties?.name ?? `${at + 1}`,
    polygons: polygonsOf(geometry),
  }));
}

function polygonsOf(geometry: z.output<typeof areasSchema>["features"][number]["geometry"]): readonly PolygonRings[] {
  if (geometry.type === "Point") return [discAround(lonLat(geometry.coordinates), pointRadiusM)];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((polygon) => polygon.map((ring) => ring.map(lonLat)));
}

const lonLat = ([lon, lat]: readonly [number, number, ...number[]]): LonLat => [lon, lat];
