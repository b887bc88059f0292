import type { Packing } from "@/lib/map/product";

/** Stored integers of one chunk, as they are in the store: never converted to floating point. */
export type StoredIntegers = Int16Array | Int32Array;

/**
 * Undoes the `delta` filter of a chunk whose gzip is already undone: each stored number is the difference from the one
 * before, modulo the integer's range.
 * @param bytes little-endian, as Zarr's `<i2` and `<i4` are
 * @param cells how many integers the chunk holds
 * @throws {RangeError} if the chunk has another length
 */
export function undoDelta(bytes: ArrayBuffer, dtype: Packing["dtype"], cells: number): StoredIntegers {
  const width = dtype === "int16" ? 2 : 4;
  if (bytes.byteLength !== cells * width)
    throw new RangeError(`a chunk of ${cells} ${dtype} has ${cells * width} bytes, this one ${bytes.byteLength}`);
  const integers = dtype === "int16" ? new Int16Array(bytes) : new Int32Array(bytes);
  let running = 0;
  for (let index = 0; index < integers.length; index++) {
    running = (running + (integers[index] ?? 0)) | 0;
    // The typed array keeps the low 16 bits by itself, which is the modulo that the encoder used.
    integers[index] = running;
  }
  return integers;
}
