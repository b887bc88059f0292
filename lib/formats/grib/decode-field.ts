import { NereusError } from "@/lib/errors";
import { BitsExhausted } from "@/lib/formats/bits";
import type { ByteSource } from "@/lib/formats/byte-source";
import { decodeCcsds } from "@/lib/formats/grib/decode-ccsds";
import { decodeComplex } from "@/lib/formats/grib/decode-complex";
import { type DecodeJpeg2000, decodeJpeg2000, decodePng } from "@/lib/formats/grib/decode-image";
import { decodeRunLength } from "@/lib/formats/grib/decode-run-length";
import { decodeSecondOrder } from "@/lib/formats/grib/decode-second-order";
import { decodeIeee, unpackIntegers } from "@/lib/formats/grib/decode-simple";
import type { GribMessage } from "@/lib/formats/grib/find-messages";
import type { GribField, GribPacking } from "@/lib/formats/grib/grib-field";
import { pointsWithValue } from "@/lib/formats/grib/points-with-value";
import { inRows } from "@/lib/formats/grib/scanning";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** Most points of one field that are decoded, about 0.5 GB as numbers; the finest global model has 26 million. */
const maxPoints = 2 ** 26;

/**
 * The values of one field in rows, in the units of its parameter, NaN where missing.
 * @throws unsupported-feature for a packing that is not decoded; format-invalid for data that contradict their
 *   description; file-truncated
 */
export async function decodeField(
  source: ByteSource,
  { message, field }: { readonly message: GribMessage; readonly field: GribField },
  jpeg2000: DecodeJpeg2000,
): Promise<Float64Array> {
  const { packing } = field;
  const refuse = (problem: string) => wrongMessage(source.name, message, `field ${field.number}: ${problem}`);
  if (packing.points > maxPoints || packing.packedPoints > packing.points)
    throw refuse(`${packing.packedPoints} packed values for ${packing.points} points are not plausible`);
  const data = await source.read(message.offset + packing.data.offset, packing.data.length);
  try {
    const bitmap = packing.bitmap === null ? null : await readBitmap(source, message, packing);
    const values = await decodeValues(data, field, { file: source.name, jpeg2000, bitmap });
    return inRows(bitmap === null ? demandAll(values, packing) : spread(values, bitmap, packing.points), field.grid);
  } catch (error) {
    if (error instanceof BitsExhausted || error instanceof BrokenData) {
      throw refuse(error.message || `its ${data.length} bytes of data end before its values do`);
    }
    throw error;
  }
}

/** Packed data that contradict themselves; `message` says how. */
class BrokenData extends Error {}

async function readBitmap(source: ByteSource, message: GribMessage, packing: GribPacking): Promise<Uint8Array> {
  const { bitmap, points } = packing;
  if (bitmap === null || bitmap.length * 8 < points)
    throw new BrokenData(`its bitmap is too short for ${points} points`);
  return source.read(message.offset + bitmap.offset, bitmap.length);
}

async function decodeValues(
  data: Uint8Array,
  { packing, grid }: GribField,
  { file, jpeg2000, bitmap }: { file: string; jpeg2000: DecodeJpeg2000; bitmap: Uint8Array | null },
): Promise<Float64Array> {
  const { method, packedPoints, bitsPerValue, scaling } = packing;
  switch (method.name) {
    case "simple":
      return scale(unpackIntegers(data, packedPoints, bitsPerValue), scaling);
    case "logarithmic":
      return exponentials(scale(unpackIntegers(data, packedPoints, bitsPerValue), scaling), method.offset);
    case "second-order": {
      const points = pointsWithValue(grid, packing.points, bitmap);
      return scale(decodeSecondOrder(data, method.layout, points), scaling);
    }
    case "complex":
      return scale(decodeComplex(data, { ...packing, ...method }), scaling);
    case "ieee":
      return decodeIeee(data, packedPoints, method.sizeBytes);
    case "run-length":
      return decodeRunLength(data, { ...method, count: packedPoints, bits: bitsPerValue });
    case "jpeg2000": {
      if (bitsPerValue === 0) return scale(new Float64Array(packedPoints), scaling);
      return scale(await decodeJpeg2000(data, { count: packedPoints, bitsPerValue, file, decode: jpeg2000 }), scaling);
    }
    case "png":
      if (bitsPerValue === 0) return scale(new Float64Array(packedPoints), scaling);
      return scale(decodePng(data, { count: packedPoints, bitsPerValue }), scaling);
    case "ccsds":
      if (bitsPerValue === 0) return scale(new Float64Array(packedPoints), scaling);
      return scale(decodeCcsds(data, { ...method, bits: bitsPerValue, count: packedPoints }), scaling);
    case "unsupported":
      throw new NereusError("unsupported-feature", { file, feature: method.feature });
  }
}

/** In place; NaN stays NaN. */
function scale(values: Float64Array, { reference, binaryScale, decimalScale }: GribPacking["scaling"]): Float64Array {
  // Division by a whole power of ten rounds once; its inverse would be rounded already.
  const binary = 2 ** binaryScale;
  const [factor, divisor] = decimalScale > 0 ? [1, 10 ** decimalScale] : [10 ** -decimalScale, 1];
  for (let at = 0; at < values.length; at += 1)
    values[at] = ((reference + (values[at] ?? 0) * binary) * factor) / divisor;
  return values;
}

/** In place. Source: GRIB2 template 5.61. */
function exponentials(values: Float64Array, offset: number): Float64Array {
  for (let at = 0; at < values.length; at += 1) values[at] = Math.exp(values[at] ?? 0) - offset;
  return values;
}

function demandAll(values: Float64Array, { points }: GribPacking): Float64Array {
  if (values.length < points) throw new BrokenData(`it has ${values.length} values for ${points} points and no bitmap`);
  return values.length === points ? values : values.slice(0, points);
}

/** @param bitmap one bit per point, the first one in the highest bit */
function spread(values: Float64Array, bitmap: Uint8Array, points: number): Float64Array {
  const out = new Float64Array(points).fill(Number.NaN);
  let next = 0;
  for (let at = 0; at < points; at += 1) {
    if (((bitmap[at >> 3] ?? 0) & (0x80 >> (at & 7))) === 0) continue;
    const value = values[next];
    if (value === undefined) throw new BrokenData(`its bitmap asks for more than its ${values.length} values`);
    out[at] = value;
    next += 1;
  }
  return out;
}
