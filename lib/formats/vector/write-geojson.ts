import type { Contour, ContourDocument } from "@/lib/formats/vector/contour-document";

/**
 * Contours as GeoJSON: one feature for each level or band, its value, unit, run and time among the properties. What holds
 * for all, licence and citation included, stands once more at the top.
 * Source: RFC 7946; the members at the top are foreign members (section 6.1)
 */
export function writeGeoJson({ about, contours }: ContourDocument): string {
  const { variable, units, level: height, valid_time, run } = about;
  const features = contours.map((contour) => ({
    type: "Feature",
    properties: { ...valuesOf(contour), variable, units, height, valid_time, run },
    geometry: geometryOf(contour),
  }));
  return JSON.stringify({ type: "FeatureCollection", ...about, features });
}

function valuesOf(contour: Contour) {
  if (contour.kind === "lines") return { level: contour.level };
  // JSON has no infinity: the last band has no upper end.
  return { from: contour.from, below: Number.isFinite(contour.below) ? contour.below : null };
}

const geometryOf = (contour: Contour) =>
  contour.kind === "lines"
    ? { type: "MultiLineString", coordinates: contour.lines }
    : { type: "MultiPolygon", coordinates: contour.polygons };
