import type { NumericArray } from "@/lib/formats/dataset";

/** What the Zarr library hands out, as numbers: 64-bit integers, half floats and booleans in wider arrays. */
export function toNumbers(data: unknown): NumericArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  if (data instanceof Float64Array || data instanceof Float32Array) return data;
  if (data instanceof Int8Array || data instanceof Uint8Array || data instanceof Int16Array) return data;
  if (data instanceof Uint16Array || data instanceof Int32Array || data instanceof Uint32Array) return data;
  return isIterable(data) ? Float64Array.from(data, Number) : new Float64Array(0);
}

function isIterable(data: unknown): data is Iterable<number | boolean> {
  return typeof data === "object" && data !== null && Symbol.iterator in data;
}
