import { BitReader, BitsExhausted } from "@/lib/formats/bits";
import type { ComplexGroups, SpatialDifferencing } from "@/lib/formats/grib/grib-field";

/**
 * Complex packing (GRIB2 templates 5.2 and 5.3, data template 7.2 and 7.3) as unscaled integers, NaN where missing.
 * Without any data the field is constant: nothing is differenced then.
 * @throws BitsExhausted where the data end before the values; where the groups hold more or fewer values than announced
 * Source: WMO Manual on Codes, templates 7.2, 7.3; checked against the values of ecCodes and GDAL.
 */
export function decodeComplex(
  data: Uint8Array,
  packing: {
    readonly packedPoints: number;
    readonly bitsPerValue: number;
    readonly groups: ComplexGroups;
    readonly differencing: SpatialDifferencing | null;
  },
): Float64Array {
  const { packedPoints, groups, differencing } = packing;
  if (data.length === 0 || groups.count === 0) return new Float64Array(packedPoints);
  const reader = new BitReader(data);
  const descriptors = differencing === null ? [] : readDescriptors(reader, differencing);
  const values = readGroups(reader, packing);
  if (differencing !== null) integrate(values, differencing.order, descriptors);
  return values;
}

/** The first values and the overall minimum, in sign and magnitude. */
function readDescriptors(reader: BitReader, { order, descriptorBytes }: SpatialDifferencing): number[] {
  const bits = descriptorBytes * 8;
  if (order > 2 || bits < 8 || bits > 32) throw new BitsExhausted();
  return Array.from({ length: order + 1 }, () => {
    const isNegative = reader.read(1) === 1;
    const magnitude = reader.read(bits - 1);
    return isNegative ? -magnitude : magnitude;
  });
}

function readGroups(reader: BitReader, packing: Parameters<typeof decodeComplex>[1]): Float64Array {
  const { groups, bitsPerValue, packedPoints } = packing;
  if (groups.count > packedPoints) throw new BitsExhausted();
  const list = (bits: number) => {
    if (bits > 32 || groups.count * bits > reader.remaining) throw new BitsExhausted();
    const numbers = Array.from({ length: groups.count }, () => reader.read(bits));
    reader.align();
    return numbers;
  };
  const references = list(bitsPerValue);
  const widths = list(groups.widthBits).map((width) => width + groups.referenceWidth);
  const lengths = list(groups.lengthBits).map((length) => length * groups.lengthIncrement + groups.referenceLength);
  lengths[groups.count - 1] = groups.lastLength;
  const values = new Float64Array(packedPoints);
  let at = 0;
  lengths.forEach((length, group) => {
    const [reference, width] = [references[group] ?? 0, widths[group] ?? 0];
    if (at + length > packedPoints || width > 32) throw new BitsExhausted();
    const to = at + length;
    reader.readInto(values, { from: at, to, width });
    const lowestMark = firstMissingMark(groups.missingManagement, width === 0 ? bitsPerValue : width);
    const shift = width === 0 ? reference : 0;
    for (; at < to; at += 1) {
      const packed = values[at] ?? 0;
      values[at] = packed + shift >= lowestMark ? Number.NaN : reference + packed;
    }
  });
  if (at !== packedPoints) throw new BitsExhausted();
  return values;
}

/** Missing values are all ones in the width of their group (secondary ones: that less one); no value is above them. */
function firstMissingMark(management: number, width: number): number {
  if (management === 0) return Number.POSITIVE_INFINITY;
  return 2 ** width - (management === 1 ? 1 : 2);
}

/** Undoes first or second differences in place, missing values passed over. */
function integrate(values: Float64Array, order: number, descriptors: readonly number[]): void {
  const minimum = descriptors[order] ?? 0;
  let [last, beforeLast] = [0, 0];
  let seen = 0;
  for (let at = 0; at < values.length; at += 1) {
    const difference = values[at] ?? Number.NaN;
    if (Number.isNaN(difference)) continue;
    const value =
      seen < order ? (descriptors[seen] ?? 0) : difference + minimum + (order === 1 ? last : 2 * last - beforeLast);
    values[at] = value;
    beforeLast = last;
    last = value;
    seen += 1;
  }
}
