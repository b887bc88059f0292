import { z } from "zod";
import { NereusError } from "@/lib/errors";
import type { ProductCut } from "@/lib/map/cut-product";

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
} as const;

/**
 * The wishes of a subset from its query: `bbox`, `time` (an instant, or two with `/` between) and `variables`; each may
 * be absent.
 * @throws {NereusError} subset-parameter-invalid, also for a parameter of another name
 */
export function parseSubsetRequest(query: URLSearchParams): ProductCut {
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
  return { box: read("bbox", parseBox), times: read("time", parseSpan), variables: read("variables", parseNames) };
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

const parseNames = (text: string) => (names.safeParse(text).success ? text.split(",") : null);

const invalid = (parameter: string, value: string, expected: string) =>
  new NereusError("subset-parameter-invalid", { parameter, value: value.slice(0, 100), expected });
