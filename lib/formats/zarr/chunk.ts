import { emptyPacked, type PackedArray } from "@/lib/formats/pack";
import type { Gunzip, Gzip } from "@/lib/formats/store-file";
import type { Packing } from "@/lib/map/product";

/**
 * A chunk of packed integers as stored: differences of neighbours (wrapping in the integer type), then gzip.
 * @param gzip  compresses at level 6 without a time stamp, so that the same integers give the same bytes
 * Source: numcodecs `Delta` and `GZip`; read back by zarrita and GDAL in the tests
 */
export function encodeChunk(packed: PackedArray, gzip: Gzip): Promise<Uint8Array> {
  const differences = packed.slice();
  takeDifferences(differences);
  return gzip(new Uint8Array(differences.buffer));
}

/** Leaves the first number and takes from each other the one before it; works in place. */
export function takeDifferences(numbers: PackedArray | Float64Array): void {
  for (let index = numbers.length - 1; index > 0; index -= 1)
    numbers[index] = (numbers[index] ?? 0) - (numbers[index - 1] ?? 0);
}

/**
 * The integers of a stored chunk.
 * @param length  cells in the chunk
 * @throws RangeError when the chunk holds another number of cells
 */
export function decodeChunk(
  bytes: Uint8Array,
  chunk: { packing: Packing; length: number; gunzip: Gunzip },
): PackedArray {
  const packed = emptyPacked(chunk.packing, chunk.length);
  const plain = chunk.gunzip(bytes);
  if (plain.length !== packed.byteLength)
    throw new RangeError(`the chunk holds ${plain.length} bytes instead of ${packed.byteLength}`);
  new Uint8Array(packed.buffer).set(plain);
  for (let index = 1; index < packed.length; index += 1)
    packed[index] = (packed[index] ?? 0) + (packed[index - 1] ?? 0);
  return packed;
}
