import type { GribGrid } from "@/lib/formats/grib/grib-field";
import type { GribSection } from "@/lib/formats/grib/message-bytes";
import { scanningMode } from "@/lib/formats/grib/scanning";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** Where the templates of section 3 keep what we need; octets from 1. `last` is the second corner. */
type Template = { kind: string; first: number; last: number | null; scanning: number };

const templates: Readonly<Record<number, Template>> = {
  0: { kind: "latitude-longitude", first: 47, last: 56, scanning: 72 },
  1: { kind: "rotated latitude-longitude", first: 47, last: 56, scanning: 72 },
  2: { kind: "stretched latitude-longitude", first: 47, last: 56, scanning: 72 },
  3: { kind: "stretched and rotated latitude-longitude", first: 47, last: 56, scanning: 72 },
  10: { kind: "Mercator", first: 39, last: 52, scanning: 60 },
  20: { kind: "polar stereographic", first: 39, last: null, scanning: 65 },
  30: { kind: "Lambert conformal", first: 39, last: null, scanning: 65 },
  31: { kind: "Albers equal area", first: 39, last: null, scanning: 65 },
  40: { kind: "Gaussian latitude-longitude", first: 47, last: 56, scanning: 72 },
  41: { kind: "rotated Gaussian", first: 47, last: 56, scanning: 72 },
  90: { kind: "space view", first: 39, last: null, scanning: 64 },
  140: { kind: "Lambert azimuthal equal area", first: 39, last: null, scanning: 64 },
};

const absent = 0xffffffff;

/**
 * The grid of a GRIB2 field. Templates we do not know, reduced grids and unstructured ones are one row of points.
 * @throws format-invalid where rows and columns do not give the number of points
 */
export function readGrid2(section: GribSection): GribGrid {
  const points = section.unsigned(7, 4);
  const number = section.unsigned(13, 2);
  const template = templates[number];
  if (template === undefined)
    return {
      kind: number === 101 ? "unstructured" : `grid template 3.${number}`,
      shape: [points],
      rowLengths: null,
      scanning: scanningMode(0),
      corners: null,
    };
  const nColumns = section.unsigned(31, 4);
  const nRows = section.unsigned(35, 4);
  // A reduced grid has rows of different length: its number of columns is absent.
  const isReduced = nColumns === absent || nRows === absent || section.unsigned(11, 1) > 0;
  if (!isReduced && nColumns * nRows !== points)
    throw wrongMessage(section.file, section.message, `its grid of ${nColumns} x ${nRows} has ${points} points`);
  return {
    kind: isReduced ? `reduced ${template.kind}` : template.kind,
    shape: isReduced ? [points] : [nRows, nColumns],
    rowLengths: null,
    scanning: scanningMode(isReduced ? 0 : section.unsigned(template.scanning, 1)),
    corners: readCorners(section, template),
  };
}

function readCorners(section: GribSection, { first, last }: Template): GribGrid["corners"] {
  if (last === null) return null;
  const degrees = (octet: number) => section.signed(octet, 4) / 1e6;
  return { lat1: degrees(first), lon1: degrees(first + 4), lat2: degrees(last), lon2: degrees(last + 4) };
}
