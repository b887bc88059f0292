import { z } from "zod";
import { NereusError } from "@/lib/errors";
import type { ProductCut } from "@/lib/map/cut-product";
import type { ExportForm } from "@/server/services/open-data/export-form";

const degrees = z
  .string()
  .regex(/^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$/)
  .transform((text) => text.split(",").map(Number))
  .refine(([, south = 0, , north = 0]) => south <= north);
const instant = z.iso.datetime({ offset: false });
const names = z.string().regex(/^\w+(,\w+)*$/);

/** What each parameter has to look like; said when it does not. */
const expectations = {
  bbox: "west,south,east,north in degrees, such as 13.8,40.5,14.6,41.1",
  time: "from/to in UTC, such as 2026-07-01T00:00:00Z/2026-07-01T06:00:00Z",
  variables: "names separated by commas, such as pm25,wind_speed",
  format: "netcdf, csv, geojson or kml",
  contours: "lines or polygons, with the format geojson or kml",
  levels: "numbers separated by commas, ascending, such as 10,25,50",
} as const;

export type SubsetRequest = { readonly cut: ProductCut; readonly form: ExportForm };

/**
 * The wishes of a subset from its query: `bbox`, `time` (an instant, or two with `/` between), `variables` and `format`; for
 * GeoJSON and KML also `contours` and `levels`. Each may be absent.
 * @throws {NereusError} subset-parameter-invalid, also for a parameter of another name
 */
export function parseSubsetRequest(query: URLSearchParams): SubsetRequest {
  for (const parameter of query.keys())
    if (!Object.hasOwn(expectations, parameter))
      throw invalid(parameter, query.get(parameter) ?? "", `one of ${Object.keys(expectations).join(", ")}`);
  const read = <T>(parameter: keyof typeof expectations, parse: (text: string) => T | null): T | null => {
    const text = query.get(parameter);
    if (text === null || text === "") return null;
    const value = parse(text);
    if (value === null) throw invalid(parameter, text, expectations[parameter]);
    return value;
  };
  const format = read("format", parseFormat) ?? "netcdf";
  const contours = read("contours", parseContours);
  const levels = read("levels", parseLevels);
  const cut = { box: read("bbox", parseBox), times: read("time", parseSpan), variables: read("variables", parseNames) };
  if (format === "geojson" || format === "kml") return { cut, form: { kind: contours ?? "polygons", format, levels } };
  if (contours !== null) throw invalid("contours", contours, expectations.contours);
  return { cut, form: { kind: format } };
}

function parseBox(text: string): ProductCut["box"] {
  const [west = 0, south = 0, east = 0, north = 0] = degrees.safeParse(text).data ?? [];
  return degrees.safeParse(text).success ? { west, south, east, north } : null;
}

function parseSpan(text: string): ProductCut["times"] {
  const [from = "", to = from, ...more] = text.split("/");
  const isRight = more.length === 0 && [from, to].every((each) => instant.safeParse(each).success);
  return isRight ? { from, to } : null;
}

const parseFormat = (text: string) => z.enum(["netcdf", "csv", "geojson", "kml"]).safeParse(text).data ?? null;
const parseContours = (text: string) => z.enum(["lines", "polygons"]).safeParse(text).data ?? null;

function parseLevels(text: string): readonly number[] | null {
  const levels = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isAscending = levels.every((level, at) => Number.isFinite(level) && level > (levels[at - 1] ?? -Infinity));
  return isAscending && levels.length <= 100 ? levels : null;
}

const parseNames = (text: string) => (names.safeParse(text).success ? text.split(",") : null);

const invalid = (parameter: string, value: string, expected: string) =>
  new NereusError("subset-parameter-invalid", { parameter, value: value.slice(0, 100), expected });
