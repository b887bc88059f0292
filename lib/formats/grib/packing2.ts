import type { ByteSpan, GribPacking, PackingMethod } from "@/lib/formats/grib/grib-field";
import type { GribSection } from "@/lib/formats/grib/message-bytes";

/** Section 5 of GRIB2: how the values are packed. Octets from 1. */
export function readPacking2(
  section: GribSection,
  field: { readonly points: number; readonly bitmap: ByteSpan | null; readonly data: ByteSpan },
): GribPacking {
  const number = section.unsigned(10, 2);
  const method = readMethod(section, number);
  return {
    ...field,
    packedPoints: section.unsigned(6, 4),
    method,
    scaling: readScaling(section, method),
    bitsPerValue: bitsPerValue(section, method),
  };
}

function readScaling(section: GribSection, method: PackingMethod): GribPacking["scaling"] {
  if (method.name === "ieee" || method.name === "unsupported" || method.name === "run-length")
    return { reference: 0, binaryScale: 0, decimalScale: 0 };
  return {
    reference: section.float32(12),
    binaryScale: section.signed(16, 2),
    decimalScale: section.signed(18, 2),
  };
}

function bitsPerValue(section: GribSection, method: PackingMethod): number {
  if (method.name === "ieee") return method.sizeBytes * 8;
  if (method.name === "unsupported") return 0;
  return section.unsigned(method.name === "run-length" ? 12 : 20, 1);
}

function readMethod(section: GribSection, number: number): PackingMethod {
  switch (number) {
    case 0:
      return { name: "simple" };
    case 2:
      return { name: "complex", groups: readGroups(section), differencing: null };
    case 3:
      return { name: "complex", groups: readGroups(section), differencing: readDifferencing(section) };
    case 4:
      return readIeee(section);
    case 40:
    case 40000:
      return { name: "jpeg2000" };
    case 41:
    case 40010:
      return { name: "png" };
    case 42:
      return {
        name: "ccsds",
        flags: section.unsigned(22, 1),
        blockSize: section.unsigned(23, 1),
        referenceInterval: section.unsigned(24, 2),
      };
    case 61:
      return { name: "logarithmic", offset: section.float32(21) };
    case 200:
      return readRunLength(section);
    default:
      return { name: "unsupported", feature: unsupported.get(number) ?? `GRIB2 data template 5.${number}` };
  }
}

const unsupported: ReadonlyMap<number, string> = new Map([
  [50, "spectral coefficients (GRIB2 template 5.50)"],
  [51, "spectral coefficients (GRIB2 template 5.51)"],
  [53, "bi-Fourier coefficients (GRIB2 template 5.53)"],
]);

function readGroups(section: GribSection) {
  return {
    missingManagement: section.unsigned(23, 1),
    count: section.unsigned(32, 4),
    referenceWidth: section.unsigned(36, 1),
    widthBits: section.unsigned(37, 1),
    referenceLength: section.unsigned(38, 4),
    lengthIncrement: section.unsigned(42, 1),
    lastLength: section.unsigned(43, 4),
    lengthBits: section.unsigned(47, 1),
  };
}

/** Order 0 is plain complex packing under another number. */
function readDifferencing(section: GribSection) {
  const order = section.unsigned(48, 1);
  return order === 0 ? null : { order, descriptorBytes: section.unsigned(49, 1) };
}

function readIeee(section: GribSection): PackingMethod {
  const precision = section.unsigned(12, 1);
  if (precision === 1 || precision === 2) return { name: "ieee", sizeBytes: precision === 1 ? 4 : 8 };
  return { name: "unsupported", feature: `128-bit floating-point values (GRIB2 template 5.4, precision ${precision})` };
}

/** Level values are scaled by a power of ten of their own. */
function readRunLength(section: GribSection): PackingMethod {
  const count = section.unsigned(15, 2);
  const decimalScale = section.signed(17, 1);
  const levels = Array.from({ length: count }, (_, i) => section.signed(18 + 2 * i, 2) / 10 ** decimalScale);
  return { name: "run-length", maxLevel: section.unsigned(13, 2), levels };
}
