import { NereusError } from "@/lib/errors";
import type { Bounds } from "@/lib/formats/file-description";

/** A place on a map with what is known about it. */
export type Feature = {
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** A GeoJSON geometry, its positions in one list: longitude, latitude in degrees. */
export type Geometry = { readonly type: GeometryType; readonly positions: readonly Position[] };
export type Position = readonly [lon: number, lat: number];
export type GeometryType = (typeof geometryTypes)[number];

const geometryTypes = [
  "Point",
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
  "GeometryCollection",
] as const;

/**
 * The features of a GeoJSON document; null for JSON of another kind.
 * @throws format-invalid for a geometry without type or numbers
 * Source: RFC 7946.
 */
export function readGeoJson(document: unknown, file: string): Feature[] | null {
  if (!isRecord(document)) return null;
  if (document.type === "FeatureCollection" && Array.isArray(document.features))
    return document.features.map((one, index) => toFeature(one, { file, index }));
  if (document.type === "Feature") return [toFeature(document, { file, index: 0 })];
  if (!isGeometryType(document.type)) return null;
  return [{ geometry: toGeometry(document, { file, index: 0 }), properties: {} }];
}

/** The box around all positions; null where there are none. */
export function featureBounds(features: readonly Feature[]): Bounds | null {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { geometry } of features)
    for (const [lon, lat] of geometry?.positions ?? []) {
      box.west = Math.min(box.west, lon);
      box.east = Math.max(box.east, lon);
      box.south = Math.min(box.south, lat);
      box.north = Math.max(box.north, lat);
    }
  return box.west > box.east ? null : box;
}

type Place = { readonly file: string; readonly index: number };

function toFeature(value: unknown, place: Place): Feature {
  if (!isRecord(value) || value.type !== "Feature") throw invalid(place, "it is no Feature");
  const properties = isRecord(value.properties) ? value.properties : {};
  const { geometry } = value;
  return { geometry: geometry === null || geometry === undefined ? null : toGeometry(geometry, place), properties };
}

function toGeometry(value: unknown, place: Place): Geometry {
  if (!isRecord(value) || !isGeometryType(value.type)) throw invalid(place, "its geometry has no known type");
  const positions: Position[] = [];
  if (Array.isArray(value.geometries))
    for (const part of value.geometries) positions.push(...toGeometry(part, place).positions);
  else collect(value.coordinates, positions, { ...place, depth: 0 });
  return { type: value.type, positions };
}

/** Rings, lines and points are lists in lists: a list that starts with a number is a position. */
function collect(value: unknown, into: Position[], at: Place & { readonly depth: number }): void {
  if (!Array.isArray(value) || at.depth > 4) throw invalid(at, "its coordinates are no list");
  const [lon, lat] = value;
  if (typeof lon === "number" && typeof lat === "number") into.push([lon, lat]);
  else if (value.length > 0 && value.every((one) => typeof one === "number")) throw invalid(at, "a position is cut");
  else for (const part of value) collect(part, into, { ...at, depth: at.depth + 1 });
}

function invalid({ file, index }: Place, problem: string): NereusError {
  return new NereusError("format-invalid", { file, place: `feature ${index + 1}`, problem });
}

function isGeometryType(value: unknown): value is GeometryType {
  return geometryTypes.some((type) => type === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
