import { BitReader, BitsExhausted } from "@/lib/formats/bits";
import type { SecondOrderLayout } from "@/lib/formats/grib/grib-field";

/**
 * Second-order packing of GRIB1 as unscaled integers: each group of points has a first-order value, and each point what it
 * lies above that.
 * @param section section 4 from its first octet on
 * @param points.count points that have a value
 * @param points.perRow those of each row; groups of the row-by-row layout are rows
 * @throws BitsExhausted where the data end before the values or groups and points do not agree
 * Source: WMO Manual on Codes, FM 92 GRIB edition 1, section 4; ECMWF's general extended layout as its decoding software
 * (ecCodes, `grib1/section.4.def`) describes it; checked against values of ecCodes.
 */
export function decodeSecondOrder(
  section: Uint8Array,
  layout: SecondOrderLayout,
  points: { readonly count: number; readonly perRow: () => readonly number[] },
): Float64Array {
  const widths = readWidths(section, layout);
  const lengths = groupLengths(section, layout, points);
  const firstOrder = readList(section, layout.firstOrderOctet, { count: layout.groups, bits: layout.firstOrderBits });
  const { spd } = layout;
  const order = spd?.order ?? 0;
  const values = new Float64Array(points.count);
  const reader = readerAt(section, layout.secondOrderOctet);
  let at = order;
  lengths.forEach((length, group) => {
    const [to, width] = [at + length, widths[group] ?? 0];
    if (to > points.count || width > 32) throw new BitsExhausted();
    reader.readInto(values, { from: at, to, width });
    const reference = firstOrder[group] ?? 0;
    for (; at < to; at += 1) values[at] = (values[at] ?? 0) + reference;
  });
  if (at !== points.count) throw new BitsExhausted();
  if (spd !== null) integrate(values, readDescriptors(section, spd));
  return values;
}

function readerAt(section: Uint8Array, octet: number): BitReader {
  if (octet < 1 || octet > section.length + 1) throw new BitsExhausted();
  return new BitReader(section.subarray(octet - 1));
}

function readList(section: Uint8Array, octet: number, list: { count: number; bits: number }): Float64Array {
  const reader = readerAt(section, octet);
  if (list.bits > 32 || list.count * Math.max(1, list.bits) > section.length * 8) throw new BitsExhausted();
  const values = new Float64Array(list.count);
  reader.readInto(values, { from: 0, to: list.count, width: list.bits });
  return values;
}

function readWidths(section: Uint8Array, { groups: count, widths }: SecondOrderLayout): Float64Array {
  if (!widths.isOneForAll) return readList(section, widths.octet, { count, bits: widths.bits });
  const [width = 0] = readList(section, widths.octet, { count: 1, bits: widths.bits });
  return new Float64Array(count).fill(width);
}

function groupLengths(
  section: Uint8Array,
  { groups: count, lengths }: SecondOrderLayout,
  points: Parameters<typeof decodeSecondOrder>[2],
): ArrayLike<number> & { forEach(each: (length: number, group: number) => void): void } {
  switch (lengths.given) {
    case "list":
      return readList(section, lengths.octet, { count, bits: lengths.bits });
    case "rows": {
      const rows = points.perRow();
      if (rows.length !== count) throw new BitsExhausted();
      return rows;
    }
    case "bitmap":
      return lengthsOfStarts(readerAt(section, lengths.octet), count, points.count);
  }
}

/** The secondary bitmap has a 1 at the first point of each group. */
function lengthsOfStarts(reader: BitReader, groups: number, points: number): Float64Array {
  const lengths = new Float64Array(groups);
  let group = -1;
  for (let point = 0; point < points; point += 1) {
    group += reader.read(1);
    if (group < 0 || group >= groups) throw new BitsExhausted();
    lengths[group] = (lengths[group] ?? 0) + 1;
  }
  return lengths;
}

/** The first values and, last and with a sign, what every difference lacks. */
function readDescriptors(section: Uint8Array, { order, octet, bits }: NonNullable<SecondOrderLayout["spd"]>): number[] {
  if (bits < 1 || bits > 32) throw new BitsExhausted();
  const reader = readerAt(section, octet);
  const first = Array.from({ length: order }, () => reader.read(bits));
  const isNegative = reader.read(1) === 1;
  const magnitude = reader.read(bits - 1);
  return [...first, isNegative ? -magnitude : magnitude];
}

/** Undoes differences of order 1 to 3 in place, of the highest order first. */
function integrate(values: Float64Array, descriptors: readonly number[]): void {
  const order = descriptors.length - 1;
  const bias = descriptors[order] ?? 0;
  const first = descriptors.slice(0, order);
  // sums[d] is the difference of order d of the last value; sums[0] is that value.
  const sums: number[] = [];
  for (let row: readonly number[] = first; row.length > 0; row = differences(row)) sums.push(row.at(-1) ?? 0);
  first.forEach((value, at) => {
    values[at] = value;
  });
  for (let at = order; at < values.length; at += 1) {
    let step = (values[at] ?? 0) + bias;
    for (let d = order - 1; d >= 0; d -= 1) {
      step += sums[d] ?? 0;
      sums[d] = step;
    }
    values[at] = step;
  }
}

function differences(row: readonly number[]): readonly number[] {
  return row.slice(1).map((value, at) => value - (row[at] ?? 0));
}
