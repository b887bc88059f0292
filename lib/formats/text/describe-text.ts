import { NereusError } from "@/lib/errors";
import type { Bounds, DescribedRecords, FileProblem } from "@/lib/formats/file-description";
import { type Feature, featureBounds, readGeoJson } from "@/lib/formats/text/features";
import { parseTable } from "@/lib/formats/text/parse-table";
import { readFires } from "@/lib/formats/text/read-fires";
import { isKml, readKml } from "@/lib/formats/text/read-kml";
import { columnOf, numberOf, type Table } from "@/lib/formats/text/table";

/** What a text file is and holds. */
export type TextDescription = {
  readonly format: "CSV" | "text table" | "GeoJSON" | "KML" | "JSON" | "text";
  readonly records: DescribedRecords;
  /** First and last time of a list of fires; empty otherwise. */
  readonly timesUtc: readonly string[];
  readonly problems: readonly FileProblem[];
};

/**
 * Tells what a text is, by its content: JSON, GeoJSON, KML, a table, or only lines.
 * @throws format-invalid for JSON that is broken, with the position
 */
export function describeText(text: string, file: string): TextDescription {
  if (isKml(text)) return describeFeatures("KML", readKml(text, file), file);
  if (/^\ufeff?\s*[{[]/.test(text)) {
    const document = parseJson(text.replace(/^\ufeff/, ""), file);
    const features = readGeoJson(document, file);
    return features === null ? describeJson(document) : describeFeatures("GeoJSON", features, file);
  }
  const table = parseTable(text);
  return table === null ? describeLines(text) : describeTable(table);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = /position (\d+)/.exec(String(cause))?.[1];
    const [place, problem] =
      at === undefined
        ? ["its end", "the JSON text is not complete"]
        : [`character ${at}`, `“${text.slice(Number(at), Number(at) + 12)}” does not belong there in JSON`];
    throw new NereusError("format-invalid", { file, place, problem }, { cause });
  }
}

function describeJson(document: unknown): TextDescription {
  const isList = Array.isArray(document);
  const first: unknown = isList ? document[0] : document;
  const columns = typeof first === "object" && first !== null ? Object.keys(first) : [];
  const records = { count: isList ? document.length : 1, columns, geometries: {}, bounds: null };
  return { format: "JSON", records, timesUtc: [], problems: [] };
}

function describeFeatures(format: "GeoJSON" | "KML", features: readonly Feature[], file: string): TextDescription {
  const geometries: Record<string, number> = {};
  const columns = new Set<string>();
  for (const { geometry, properties } of features) {
    const type = geometry?.type ?? "none";
    geometries[type] = (geometries[type] ?? 0) + 1;
    for (const name of Object.keys(properties)) columns.add(name);
  }
  const bounds = featureBounds(features);
  return {
    format,
    records: { count: features.length, columns: [...columns], geometries, bounds },
    timesUtc: [],
    problems: bounds === null || isOnEarth(bounds) ? [] : [outsideEarth(features, file)],
  };
}

function isOnEarth({ west, south, east, north }: Bounds): boolean {
  return west >= -360 && east <= 360 && south >= -90 && north <= 90;
}

function outsideEarth(features: readonly Feature[], file: string): FileProblem {
  const index = features.findIndex((one) => {
    const bounds = featureBounds([one]);
    return bounds !== null && !isOnEarth(bounds);
  });
  const [lon, lat] = features[index]?.geometry?.positions[0] ?? [];
  const problem = `its position ${lon}, ${lat} is no longitude and latitude in degrees`;
  return { code: "format-invalid", fields: { file, place: `feature ${index + 1}`, problem } };
}

const latNames = ["lat", "latitude", "latitudine", "lat_dd"];
const lonNames = ["lon", "long", "lng", "longitude", "longitudine", "lon_dd"];

function describeTable(table: Table): TextDescription {
  const fires = readFires(table);
  const times = (fires ?? []).map(({ atUtc }) => atUtc).sort();
  const [first, last] = [times[0], times.at(-1)];
  return {
    format: table.delimiter === " " ? "text table" : "CSV",
    records: { count: table.rows.length, columns: table.columns, geometries: {}, bounds: tableBounds(table) },
    timesUtc: first === undefined || last === undefined ? [] : [...new Set([first, last])],
    problems: [],
  };
}

/** The box around the rows that have a latitude and a longitude. */
function tableBounds(table: Table): Bounds | null {
  const [lat, lon] = [columnOf(table, latNames), columnOf(table, lonNames)];
  if (lat < 0 || lon < 0) return null;
  const features = table.rows.flatMap((row): Feature[] => {
    const [y, x] = [numberOf(row[lat], table.delimiter), numberOf(row[lon], table.delimiter)];
    return y === null || x === null ? [] : [{ geometry: { type: "Point", positions: [[x, y]] }, properties: {} }];
  });
  return featureBounds(features);
}

function describeLines(text: string): TextDescription {
  const count = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { format: "text", records: { count, columns: [], geometries: {}, bounds: null }, timesUtc: [], problems: [] };
}
