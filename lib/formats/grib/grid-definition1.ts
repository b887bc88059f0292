import type { GribGrid } from "@/lib/formats/grib/grib-field";
import type { GribSection } from "@/lib/formats/grib/message-bytes";
import { scanningMode } from "@/lib/formats/grib/scanning";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** Kinds of grids by table 6 of GRIB1; `hasCorners` where octets 18 to 23 are the last point. */
const kinds: ReadonlyMap<number, { kind: string; hasCorners: boolean }> = new Map([
  [0, { kind: "latitude-longitude", hasCorners: true }],
  [1, { kind: "Mercator", hasCorners: true }],
  [3, { kind: "Lambert conformal", hasCorners: false }],
  [8, { kind: "Albers equal area", hasCorners: false }],
  [13, { kind: "oblique Lambert conformal", hasCorners: false }],
  [4, { kind: "Gaussian latitude-longitude", hasCorners: true }],
  [5, { kind: "polar stereographic", hasCorners: false }],
  [10, { kind: "rotated latitude-longitude", hasCorners: true }],
  [14, { kind: "rotated Gaussian", hasCorners: true }],
  [20, { kind: "stretched latitude-longitude", hasCorners: true }],
  [24, { kind: "stretched Gaussian", hasCorners: true }],
  [30, { kind: "stretched and rotated latitude-longitude", hasCorners: true }],
  [34, { kind: "stretched and rotated Gaussian", hasCorners: true }],
  [90, { kind: "space view", hasCorners: false }],
]);

/**
 * The grid of a GRIB1 field (section 2). A reduced grid lists the points of each row and is one row of points for us;
 * spectral coefficients have no points.
 * @throws format-invalid where the list of points is cut
 */
export function readGrid1(section: GribSection): GribGrid {
  const type = section.unsigned(6, 1);
  const known = kinds.get(type);
  if (known === undefined)
    return {
      kind: [50, 60, 70, 80].includes(type) ? "spherical harmonics" : `grid type ${type}`,
      shape: [0],
      rowLengths: null,
      scanning: scanningMode(0),
      corners: null,
    };
  const [nColumns, nRows] = [section.unsigned(7, 2), section.unsigned(9, 2)];
  const isReduced = nColumns === 0xffff;
  const rowLengths = isReduced ? readRowLengths(section, nRows) : null;
  return {
    kind: isReduced ? `reduced ${known.kind}` : known.kind,
    shape: rowLengths === null ? [nRows, nColumns] : [rowLengths.reduce((sum, length) => sum + length, 0)],
    rowLengths,
    scanning: scanningMode(isReduced ? 0 : section.unsigned(28, 1)),
    corners: known.hasCorners ? readCorners(section) : null,
  };
}

function readRowLengths(section: GribSection, nRows: number): number[] {
  const verticalCount = section.unsigned(4, 1);
  const place = section.unsigned(5, 1);
  if (place === 255) throw wrongMessage(section.file, section.message, "its reduced grid does not list its rows");
  // The list of vertical coordinates, four octets each, comes before that of the rows.
  const first = place + 4 * verticalCount;
  return Array.from({ length: nRows }, (_, row) => section.unsigned(first + 2 * row, 2));
}

function readCorners(section: GribSection): GribGrid["corners"] {
  const degrees = (octet: number) => section.signed(octet, 3) / 1000;
  return { lat1: degrees(11), lon1: degrees(14), lat2: degrees(18), lon2: degrees(21) };
}
