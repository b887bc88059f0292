import type { ByteSpan, GribField, GribGrid, PackingMethod, SecondOrderLayout } from "@/lib/formats/grib/grib-field";
import type { GribSection } from "@/lib/formats/grib/message-bytes";

/**
 * How the values of a GRIB1 field are packed.
 * @param head the first octets of section 4
 * @returns isTurned: every second row runs backwards in the packed data
 * @throws format-invalid where the section is too short for what it says
 */
export function readPacking1(
  head: GribSection,
  from: { product: GribSection; grid: GribGrid; bitmap: ByteSpan | null; data: ByteSpan },
): { readonly packing: GribField["packing"]; readonly isTurned: boolean } {
  const flags = head.unsigned(4, 1);
  const bitsPerValue = head.unsigned(11, 1);
  const points = from.grid.shape.reduce((product, length) => product * length, 1);
  const method = readMethod(head, flags, from.grid);
  const values = { offset: from.data.offset + 11, length: from.data.length - 11 };
  const unusedBits = flags & 0x0f;
  const isSimple = method.name === "simple" && from.bitmap !== null && bitsPerValue > 0;
  return {
    packing: {
      scaling: {
        reference: head.ibmFloat(7),
        binaryScale: head.signed(5, 2),
        decimalScale: from.product.signed(27, 2),
      },
      // Edition 1 does not say how many values there are: with a bitmap, the bits tell.
      packedPoints: isSimple ? Math.floor((values.length * 8 - unusedBits) / bitsPerValue) : points,
      points,
      bitsPerValue,
      method,
      bitmap: from.bitmap,
      data: method.name === "second-order" ? from.data : values,
    },
    isTurned: method.name === "second-order" && (head.unsigned(14, 1) & extended.turned) !== 0,
  };
}

function readMethod(head: GribSection, flags: number, grid: GribGrid): PackingMethod {
  if ((flags & 0x80) !== 0) return { name: "unsupported", feature: "spectral coefficients (GRIB1)" };
  if (grid.shape[0] === 0 && grid.kind.startsWith("grid type"))
    return { name: "unsupported", feature: `${grid.kind} (GRIB1)` };
  if ((flags & 0x40) !== 0) return readSecondOrder(head);
  if ((flags & 0x10) !== 0) return { name: "unsupported", feature: "a matrix of values at each point (GRIB1)" };
  return { name: "simple" };
}

/** Bits of octet 14. Source: WMO code table 11; the lower five are ECMWF's (ecCodes, `grib1/11-2.table`). */
const extended = {
  matrix: 0x40,
  secondaryBitmap: 0x20,
  differentWidths: 0x10,
  general: 0x08,
  turned: 0x04,
  order: 0x03,
};

function readSecondOrder(head: GribSection): PackingMethod {
  const flags = head.unsigned(14, 1);
  if ((flags & extended.matrix) !== 0)
    return { name: "unsupported", feature: "second-order packing of matrices (GRIB1)" };
  const common = {
    groups: head.unsigned(17, 2) + 65_536 * head.unsigned(21, 1),
    firstOrderBits: head.unsigned(11, 1),
    firstOrderOctet: head.unsigned(12, 2),
    secondOrderOctet: head.unsigned(15, 2),
  };
  const layout = (flags & extended.general) === 0 ? readPlain(common, flags) : readGeneral(head, common, flags);
  return layout === null
    ? { name: "unsupported", feature: "second-order packing with rows of one width (GRIB1)" }
    : { name: "second-order", layout };
}

type Common = Pick<SecondOrderLayout, "groups" | "firstOrderBits" | "firstOrderOctet" | "secondOrderOctet">;

function readGeneral(head: GribSection, common: Common, flags: number): SecondOrderLayout {
  const order = flags & extended.order;
  const spd = order === 0 ? null : { order, octet: 27, bits: head.unsigned(26, 1) };
  return {
    ...common,
    widths: {
      octet: spd === null ? 26 : 27 + Math.ceil(((order + 1) * spd.bits) / 8),
      bits: head.unsigned(22, 1),
      isOneForAll: false,
    },
    lengths: { given: "list", octet: head.unsigned(24, 2), bits: head.unsigned(23, 1) },
    spd,
  };
}

/** Row by row, constant width, and general: told by whether widths differ and whether a secondary bitmap marks groups. */
function readPlain(common: Common, flags: number): SecondOrderLayout | null {
  const hasBitmap = (flags & extended.secondaryBitmap) !== 0;
  const isOneForAll = (flags & extended.differentWidths) === 0;
  if (!hasBitmap && isOneForAll) return null;
  const widths = { octet: 22, bits: 8, isOneForAll };
  if (!hasBitmap) return { ...common, widths, lengths: { given: "rows" }, spd: null };
  const octet = 22 + (isOneForAll ? 1 : common.groups);
  return { ...common, widths, lengths: { given: "bitmap", octet }, spd: null };
}
