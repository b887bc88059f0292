import type { NumericArray, Variable } from "@/lib/formats/dataset";

/** How the classic format stores an external type: its width in bytes and its array once in native byte order. */
export type StorageType = {
  readonly dtype: Variable["dtype"];
  readonly sizeBytes: 1 | 2 | 4 | 8;
  /** `bytes` starts at offset 0 of its own buffer and is already in native order. */
  toArray(bytes: Uint8Array<ArrayBuffer>): NumericArray;
};

/**
 * External types by their number in the header (1 NC_BYTE .. 11 NC_UINT64); 7 to 11 only in CDF-5.
 * Source: NetCDF Users Guide, file format specifications, "The NetCDF Classic Format Specification".
 */
export const storageTypes: ReadonlyMap<number, StorageType> = new Map([
  [1, { dtype: "int8", sizeBytes: 1, toArray: (bytes) => new Int8Array(bytes.buffer) }],
  [2, { dtype: "char", sizeBytes: 1, toArray: (bytes) => bytes }],
  [3, { dtype: "int16", sizeBytes: 2, toArray: (bytes) => new Int16Array(bytes.buffer) }],
  [4, { dtype: "int32", sizeBytes: 4, toArray: (bytes) => new Int32Array(bytes.buffer) }],
  [5, { dtype: "float32", sizeBytes: 4, toArray: (bytes) => new Float32Array(bytes.buffer) }],
  [6, { dtype: "float64", sizeBytes: 8, toArray: (bytes) => new Float64Array(bytes.buffer) }],
  [7, { dtype: "uint8", sizeBytes: 1, toArray: (bytes) => bytes }],
  [8, { dtype: "uint16", sizeBytes: 2, toArray: (bytes) => new Uint16Array(bytes.buffer) }],
  [9, { dtype: "uint32", sizeBytes: 4, toArray: (bytes) => new Uint32Array(bytes.buffer) }],
  [
    10,
    { dtype: "int64", sizeBytes: 8, toArray: (bytes) => Float64Array.from(new BigInt64Array(bytes.buffer), Number) },
  ],
  [
    11,
    { dtype: "uint64", sizeBytes: 8, toArray: (bytes) => Float64Array.from(new BigUint64Array(bytes.buffer), Number) },
  ],
] satisfies [number, StorageType][]);

/**
 * Turns big-endian bytes of the file into the array of a type, in place.
 * @param bytes whole elements, alone in their buffer; not to be used afterwards
 */
export function fromBigEndian(type: StorageType, bytes: Uint8Array<ArrayBuffer>): NumericArray {
  if (isLittleEndian) swapBytes(bytes, type.sizeBytes);
  return type.toArray(bytes);
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Loops over words of the array: ten times as fast as a DataView with a callback. */
function swapBytes(bytes: Uint8Array<ArrayBuffer>, sizeBytes: StorageType["sizeBytes"]) {
  if (sizeBytes === 2) swapShorts(new Uint16Array(bytes.buffer));
  if (sizeBytes >= 4) swapWords(new Uint32Array(bytes.buffer));
  if (sizeBytes === 8) swapNeighbours(new Uint32Array(bytes.buffer));
}

function swapShorts(shorts: Uint16Array): void {
  for (let i = 0; i < shorts.length; i += 1) {
    const value = shorts[i] ?? 0;
    shorts[i] = (value << 8) | (value >>> 8);
  }
}

function swapWords(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 1) {
    const value = words[i] ?? 0;
    words[i] = (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
  }
}

/** The halves of 8-byte numbers, each in native order already. */
function swapNeighbours(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const first = words[i] ?? 0;
    words[i] = words[i + 1] ?? 0;
    words[i + 1] = first;
  }
}
