import type { Contour, ContourDocument } from "@/lib/formats/vector/contour-document";

/**
 * Contours as KML 2.2: one placemark for each level or band, with its time; what holds for all in the document's data.
 * @param colours  `#rrggbb` of each contour in their order; absent ones are left to the reader
 * Source: OGC 07-147r2
 */
export function writeKml({ about, validAtUtc, contours }: ContourDocument, colours: readonly string[] = []): string {
  const { title = "", long_name = "", level = "", units = "", valid_time = "" } = about;
  const placemarks = contours.map((contour, at) => {
    const name = `${bandName(contour)} ${units}`;
    const when = `<TimeStamp><when>${escapeXml(validAtUtc)}</when></TimeStamp>`;
    return `<Placemark><name>${escapeXml(name)}</name>${when}${styleOf(colours[at])}${geometryOf(contour)}</Placemark>`;
  });
  const name = `${title}: ${long_name} (${level}), ${valid_time}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
    `<name>${escapeXml(name)}</name><description>${escapeXml(describe(about))}</description>`,
    ...placemarks,
    `${dataOf(about)}</Document></kml>`,
    "",
  ].join("\n");
}

function bandName(contour: Contour): string {
  if (contour.kind === "lines") return String(contour.level);
  return Number.isFinite(contour.below) ? `${contour.from} - ${contour.below}` : `${contour.from} +`;
}

function geometryOf(contour: Contour): string {
  if (contour.kind === "lines")
    return `<MultiGeometry>${contour.lines.map((line) => `<LineString>${coordinates(line)}</LineString>`).join("")}</MultiGeometry>`;
  const polygons = contour.polygons.map(([outer = [], ...holes]) => {
    const inner = holes.map((ring) => `<innerBoundaryIs>${linearRing(ring)}</innerBoundaryIs>`).join("");
    return `<Polygon><outerBoundaryIs>${linearRing(outer)}</outerBoundaryIs>${inner}</Polygon>`;
  });
  return `<MultiGeometry>${polygons.join("")}</MultiGeometry>`;
}

type Places = readonly (readonly [number, number])[];

const linearRing = (ring: Places): string => `<LinearRing>${coordinates(ring)}</LinearRing>`;
const coordinates = (places: Places): string =>
  `<coordinates>${places.map(([lon, lat]) => `${lon},${lat}`).join(" ")}</coordinates>`;

/** KML writes colours backwards, opacity first. */
function styleOf(colour: string | undefined): string {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(colour ?? "") ?? [];
  if (red === undefined) return "";
  const reversed = `${blue}${green}${red}`;
  return `<Style><LineStyle><color>ff${reversed}</color><width>2</width></LineStyle><PolyStyle><color>a0${reversed}</color><outline>0</outline></PolyStyle></Style>`;
}

const describe = (about: ContourDocument["about"]): string =>
  Object.entries(about)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n");

const dataOf = (about: ContourDocument["about"]): string =>
  `<ExtendedData>${Object.entries(about)
    .map(([key, value]) => `<Data name="${escapeXml(key)}"><value>${escapeXml(String(value))}</value></Data>`)
    .join("")}</ExtendedData>`;

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
