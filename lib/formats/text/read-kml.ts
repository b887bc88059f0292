import { NereusError } from "@/lib/errors";
import type { Feature, Geometry, Position } from "@/lib/formats/text/features";

/** True for the text of a KML document. */
export function isKml(text: string): boolean {
  return /<kml[\s>]/.test(text.slice(0, 4096));
}

/**
 * The placemarks of a KML document: points, lines and polygons (outer and inner rings), with name, description and
 * extended data. Networks of links and overlays are passed over.
 * @throws format-invalid for a position that is no pair of numbers
 * Source: OGC KML 2.3; its geometry elements are flat, so a pattern is enough.
 */
export function readKml(text: string, file: string): Feature[] {
  const plain = text.replace(/<!--[\s\S]*?-->/g, "");
  return [...plain.matchAll(/<Placemark\b[^>]*>([\s\S]*?)<\/Placemark>/g)].map(([, body = ""], index) => ({
    geometry: readGeometry(body, { file, index }),
    properties: readProperties(body),
  }));
}

const kinds = [
  ["Polygon", "Polygon", "MultiPolygon"],
  ["LineString", "LineString", "MultiLineString"],
  ["Point", "Point", "MultiPoint"],
] as const;

function readGeometry(body: string, place: { file: string; index: number }): Geometry | null {
  const found = kinds.map(([element, one, many]) => {
    const parts = [...body.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, "g"))];
    return { type: parts.length > 1 ? many : one, parts: parts.map(([, part = ""]) => part) };
  });
  const present = found.filter(({ parts }) => parts.length > 0);
  const [first] = present;
  if (first === undefined) return null;
  const positions = present.flatMap(({ parts }) => parts.flatMap((part) => readPositions(part, place)));
  return { type: present.length > 1 ? "GeometryCollection" : first.type, positions };
}

/** `lon,lat[,height]`, set apart by spaces. */
function readPositions(part: string, { file, index }: { file: string; index: number }): Position[] {
  return [...part.matchAll(/<coordinates>([\s\S]*?)<\/coordinates>/g)].flatMap(([, list = ""]) =>
    list
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word): Position => {
        const [lon = Number.NaN, lat = Number.NaN] = word.split(",").map(Number);
        if (Number.isNaN(lon) || Number.isNaN(lat))
          throw new NereusError("format-invalid", {
            file,
            place: `placemark ${index + 1}`,
            problem: `“${word.slice(0, 40)}” is no longitude and latitude`,
          });
        return [lon, lat];
      }),
  );
}

function readProperties(body: string): Record<string, unknown> {
  const named = ["name", "description"].flatMap((element) => {
    const value = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(body)?.[1];
    return value === undefined ? [] : [[element, plainText(value)] as const];
  });
  const data = [...body.matchAll(/<Data\b[^>]*\bname="([^"]*)"[^>]*>\s*<value>([\s\S]*?)<\/value>/g)];
  const simple = [...body.matchAll(/<SimpleData\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/SimpleData>/g)];
  const extended = [...data, ...simple].map(([, name = "", value = ""]) => [name, plainText(value)] as const);
  return Object.fromEntries([...named, ...extended]);
}

function plainText(xml: string): string {
  const inner = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(xml)?.[1] ?? xml;
  return inner
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .trim();
}
