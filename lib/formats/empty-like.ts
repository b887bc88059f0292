import type { NumericArray } from "@/lib/formats/dataset";

/** An array of zeros of the same type. */
export function emptyLike(array: NumericArray, length: number): NumericArray {
  if (array instanceof Int8Array) return new Int8Array(length);
  if (array instanceof Uint8Array) return new Uint8Array(length);
  if (array instanceof Int16Array) return new Int16Array(length);
  if (array instanceof Uint16Array) return new Uint16Array(length);
  if (array instanceof Int32Array) return new Int32Array(length);
  if (array instanceof Uint32Array) return new Uint32Array(length);
  return array instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}
