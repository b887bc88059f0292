import type { PolygonRings } from "@/lib/geo/cell-shares";
import type { AreaExposure } from "@/lib/transport/area-exposure";
import { smokeThresholds } from "@/lib/transport/plume-summary";

export type AffectedRow = {
  readonly name: string;
  readonly polygons: readonly PolygonRings[];
  /** Null when the area lies outside the grid of the run. */
  readonly exposure: AreaExposure | null;
};

/** End of an hour of the run as ISO 8601 UTC, "" for none. */
type HourEnd = (hour: number | null) => string;

/** A row for each area; thresholds in ug m-3, hours in h. */
export function affectedCsv(rows: readonly AffectedRow[], hourEnd: HourEnd): string {
  const head = ["name", ...Object.keys(factsOf(null, hourEnd))];
  const lines = rows.map(({ name, exposure }) => [name, ...Object.values(factsOf(exposure, hourEnd))]);
  return [head, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

export function affectedGeoJson(rows: readonly AffectedRow[], hourEnd: HourEnd): string {
  const features = rows.map(({ name, polygons, exposure }) => ({
    type: "Feature",
    properties: { name, ...factsOf(exposure, hourEnd) },
    geometry: { type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(closed)) },
  }));
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

export function affectedKml(rows: readonly AffectedRow[], hourEnd: HourEnd): string {
  const placemarks = rows.map(({ name, polygons, exposure }) => {
    const facts = Object.entries(factsOf(exposure, hourEnd));
    const data = facts.map(
      ([key, value]) => `<Data name="${key}"><value>${xmlText(String(value ?? ""))}</value></Data>`,
    );
    const shapes = polygons.map(([outer = [], ...holes]) => {
      const inner = holes.map((hole) => `<innerBoundaryIs>${linearRing(hole)}</innerBoundaryIs>`).join("");
      return `<Polygon><outerBoundaryIs>${linearRing(outer)}</outerBoundaryIs>${inner}</Polygon>`;
    });
    const geometry = `<MultiGeometry>${shapes.join("")}</MultiGeometry>`;
    return `<Placemark><name>${xmlText(name)}</name><ExtendedData>${data.join("")}</ExtendedData>${geometry}</Placemark>`;
  });
  const document = `<Document><name>Smoke at ground, contribution of the fire alone</name>${placemarks.join("")}</Document>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">${document}</kml>\n`;
}

function factsOf(exposure: AreaExposure | null, hourEnd: HourEnd): Readonly<Record<string, string | number | null>> {
  const hours = smokeThresholds.map((limit, at) => [`hours_above_${limit}`, exposure?.hoursAbove[at] ?? null]);
  const round = (value: number | undefined) => (value === undefined ? null : Math.round(value * 100) / 100);
  return {
    status: exposure === null ? "outside" : exposure.arrivalHour === null ? "no smoke" : "smoke",
    arrival_utc: hourEnd(exposure?.arrivalHour ?? null),
    highest_pm25_ug_m3: round(exposure?.highestUgM3),
    highest_utc: hourEnd(exposure?.highestHour ?? null),
    highest_area_mean_pm25_ug_m3: round(exposure?.highestMeanUgM3),
    ...Object.fromEntries(hours),
  };
}

/** Quoted where needed; text that a spreadsheet would take for a formula is led by an apostrophe. */
function csvCell(value: string | number | null): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function closed(ring: PolygonRings[number]): PolygonRings[number] {
  const [first] = ring;
  const last = ring.at(-1);
  return first === undefined || (last?.[0] === first[0] && last[1] === first[1]) ? ring : [...ring, first];
}

function linearRing(ring: PolygonRings[number]): string {
  const places = closed(ring).map(([lon, lat]) => `${lon},${lat}`);
  return `<LinearRing><coordinates>${places.join(" ")}</coordinates></LinearRing>`;
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
