/** A polygon as GeoJSON holds it. */
export type FarmShape = { readonly type: "Polygon" | "MultiPolygon"; readonly coordinates: unknown };

/**
 * The shape that a person typed, pasted or uploaded: GeoJSON, KML, or one corner a line as longitude and latitude, two
 * numbers with a decimal point (comma, semicolon or blank between them) or with a decimal comma (semicolon or blank). Null
 * when it is none of these; whether the shape can be a farm is for `readFarms` to say.
 */
export function parseFarmText(text: string): FarmShape | null {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return fromGeoJson(parseJson(trimmed));
  if (/<kml[\s>]/.test(trimmed.slice(0, 4096))) return fromKml(trimmed);
  return fromLines(trimmed);
}

function fromGeoJson(value: unknown): FarmShape | null {
  if (!isRecord(value)) return null;
  if (value.type === "FeatureCollection" && Array.isArray(value.features)) {
    const shapes = value.features.flatMap((feature) => fromGeoJson(feature) ?? []);
    return shapes.length < 2 ? (shapes[0] ?? null) : { type: "MultiPolygon", coordinates: shapes.flatMap(polygonsOf) };
  }
  if (value.type === "Feature") return fromGeoJson(value.geometry);
  if (value.type !== "Polygon" && value.type !== "MultiPolygon") return null;
  return { type: value.type, coordinates: value.coordinates };
}

const polygonsOf = ({ type, coordinates }: FarmShape): readonly unknown[] =>
  type === "Polygon" ? [coordinates] : Array.isArray(coordinates) ? coordinates : [];

/** Rings of every polygon, holes among them. Source: OGC KML 2.3. */
function fromKml(text: string): FarmShape | null {
  const polygons = [...text.matchAll(/<Polygon\b[^>]*>([\s\S]*?)<\/Polygon>/g)].map(([, body = ""]) =>
    [...body.matchAll(/<coordinates>([\s\S]*?)<\/coordinates>/g)].map(([, list = ""]) =>
      list.trim().split(/\s+/).map(tupleOf),
    ),
  );
  if (polygons.length === 0 || polygons.flat(2).some((corner) => corner === null)) return null;
  return { type: "MultiPolygon", coordinates: polygons };
}

type Corner = readonly [number, number];

function fromLines(text: string): FarmShape | null {
  const corners = text
    .split(/\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(lineOf);
  return corners.length < 3 || corners.includes(null) ? null : { type: "Polygon", coordinates: [corners] };
}

/** "14.1,40.7" with or without a height. */
function tupleOf(text: string): Corner | null {
  const parts = text.split(",");
  const [lon = Number.NaN, lat = Number.NaN] = parts.map((part) => (part === "" ? Number.NaN : Number(part)));
  return parts.length <= 3 && Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : null;
}

/** A comma is decimal only where something else separates the numbers; what could be read in two ways is refused. */
function lineOf(text: string): Corner | null {
  const separated = /^([+-]?\d+(?:[.,]\d+)?)(?:\s*;\s*|,?\s+)([+-]?\d+(?:[.,]\d+)?)$/.exec(text);
  const [, lon, lat] = separated ?? /^([+-]?\d+(?:\.\d+)?)\s*,\s*([+-]?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return lon === undefined || lat === undefined ? null : [decimal(lon), decimal(lat)];
}

const decimal = (text: string): number => Number(text.replace(",", "."));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
