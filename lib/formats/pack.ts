import { NereusError } from "@/lib/errors";
import type { Packing, PublishedVariable } from "@/lib/map/product";

/** Integers as published: the one authoritative form of a field. */
export type PackedArray = Int16Array | Int32Array;

const limits = {
  int16: { lowest: -32_768, highest: 32_767 },
  int32: { lowest: -2_147_483_648, highest: 2_147_483_647 },
} as const;

/**
 * Packs values to the nearest step of scale x n + offset; NaN becomes the fill value. Nothing is clipped.
 * @param values  published units, any shape
 * @returns integers of the variable's type, same order
 * @throws {NereusError} value-out-of-range for a value, infinities included, that the integer type cannot hold or that
 *   would read as the fill value
 * Source: CF-1.8 section 8.1 (packed data)
 */
export function packValues(variable: PublishedVariable, values: Float32Array | Float64Array): PackedArray {
  const { dtype, scale, offset, fill } = variable.packing;
  const { lowest, highest } = limits[dtype];
  const packed = emptyPacked(variable.packing, values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    const integer = Number.isNaN(value) ? fill : Math.round((value - offset) / scale);
    if (integer < lowest || integer > highest || (integer === fill && !Number.isNaN(value)))
      throw new NereusError("value-out-of-range", { variable: variable.name, value, ...publishableRange(variable) });
    packed[index] = integer;
  }
  return packed;
}

/**
 * The number an integer stands for; NaN for the fill value. Every reader that follows CF computes the same.
 * @returns published units, float64, same order
 */
export function unpackValues(packing: Packing, packed: PackedArray): Float64Array {
  const { scale, offset, fill } = packing;
  const values = new Float64Array(packed.length);
  for (let index = 0; index < packed.length; index += 1) {
    const integer = packed[index] ?? fill;
    values[index] = integer === fill ? Number.NaN : integer * scale + offset;
  }
  return values;
}

/** `length` integers of the packing's type, all fill. */
export function emptyPacked(packing: Packing, length: number): PackedArray {
  return (packing.dtype === "int16" ? new Int16Array(length) : new Int32Array(length)).fill(packing.fill);
}

function publishableRange({ packing }: PublishedVariable): { lowest: number; highest: number } {
  const { lowest, highest } = limits[packing.dtype];
  const from = packing.fill === lowest ? lowest + 1 : lowest;
  const to = packing.fill === highest ? highest - 1 : highest;
  const ends = [from * packing.scale + packing.offset, to * packing.scale + packing.offset];
  return { lowest: Math.min(...ends), highest: Math.max(...ends) };
}
