import type { PolygonRings } from "@/lib/geo/cell-shares";
import type { AreaExposure } from "@/lib/transport/area-exposure";
import { smokeThresholds } from "@/lib/transport/plume-summary";

export type AffectedRow = {
  readonly name: string;
  readonly polygons: readonly PolygonRings[];
  /** Null when the area lies outside the grid of the run; `knownShare` is of the whole area, also of what lies outside. */
  readonly exposure: AreaExposure | null;
};

/** Times as ISO 8601 UTC. */
export type RunTimes = {
  /** End of an hour of the run, "" for none. */
  readonly hourEnd: (hour: number | null) => string;
  /** Up to when the hours that were asked for are there; "" when all are. */
  readonly coveredUntil: string;
};

/** All, but for rounding. */
const wholeShare = 1 - 1e-6;

/** A row for each area; thresholds in ug m-3, hours in h. */
export function affectedCsv(rows: readonly AffectedRow[], times: RunTimes): string {
  const head = ["name", ...Object.keys(factsOf(null, times))];
  const lines = rows.map(({ name, exposure }) => [name, ...Object.values(factsOf(exposure, times))]);
  return [head, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

export function affectedGeoJson(rows: readonly AffectedRow[], times: RunTimes): string {
  const features = rows.map(({ name, polygons, exposure }) => ({
    type: "Feature",
    properties: { name, ...factsOf(exposure, times) },
    geometry: { type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(closed)) },
  }));
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

export function affectedKml(rows: readonly AffectedRow[], times: RunTimes): string {
  const placemarks = rows.map(({ name, polygons, exposure }) => {
    const facts = Object.entries(factsOf(exposure, times));
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

function factsOf(
  exposure: AreaExposure | null,
  { hourEnd, coveredUntil }: RunTimes,
): Readonly<Record<string, string | number | null>> {
  // Without any value there are no hours to count: none above is not what is known.
  const counted = exposure?.highestUgM3 === null ? null : exposure;
  const hours = smokeThresholds.map((limit, at) => [`hours_above_${limit}`, counted?.hoursAbove[at] ?? null]);
  const round = (value: number | null | undefined) => (value == null ? null : Math.round(value * 100) / 100);
  return {
    status: statusOf(exposure),
    arrival_utc: hourEnd(exposure?.arrivalHour ?? null),
    highest_pm25_ug_m3: round(exposure?.highestUgM3),
    highest_utc: hourEnd(exposure?.highestHour ?? null),
    highest_area_mean_pm25_ug_m3: round(exposure?.highestMeanUgM3),
    ...Object.fromEntries(hours),
    known_share: exposure === null ? 0 : Math.floor(exposure.knownShare * 1000 + 1e-6) / 1000,
    covered_until_utc: coveredUntil,
  };
}

/** Only an area of which all is known and clean has "no smoke". */
function statusOf(exposure: AreaExposure | null): string {
  if (exposure === null) return "outside";
  if (exposure.arrivalHour !== null) return "smoke";
  if (exposure.knownShare === 0) return "not known";
  if (exposure.knownShare < wholeShare) return "partly known";
  return exposure.isBelowDetection ? "below detection" : "no smoke";
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

/** Escaped; characters that XML 1.0 forbids are left out. */
function xmlText(text: string): string {
  const allowed = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
