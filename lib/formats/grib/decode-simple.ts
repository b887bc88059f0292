import { BitReader, BitsExhausted } from "@/lib/formats/bits";

/**
 * Unsigned integers of one width, most significant bit first; width 0 gives zeros.
 * @param bits 0 to 32
 * @throws BitsExhausted where the bytes are too few
 */
export function unpackIntegers(data: Uint8Array, count: number, bits: number): Float64Array {
  if (bits > 32 || count * bits > data.length * 8) throw new BitsExhausted();
  const values = new Float64Array(count);
  if (bits === 0) return values;
  new BitReader(data).readInto(values, { from: 0, to: count, width: bits });
  return values;
}

/** IEEE 754 numbers, big-endian. @throws BitsExhausted */
export function decodeIeee(data: Uint8Array, count: number, sizeBytes: 4 | 8): Float64Array {
  if (count * sizeBytes > data.length) throw new BitsExhausted();
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const values = new Float64Array(count);
  for (let at = 0; at < count; at += 1)
    values[at] = sizeBytes === 4 ? view.getFloat32(at * 4) : view.getFloat64(at * 8);
  return values;
}
