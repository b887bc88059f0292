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

function swapBytes(bytes: Uint8Array<ArrayBuffer>, sizeBytes: StorageType["sizeBytes"]) {
  const view = new DataView(bytes.buffer);
  if (sizeBytes === 2) new Uint16Array(bytes.buffer).forEach((value, i) => void view.setUint16(2 * i, value));
  if (sizeBytes === 4) new Uint32Array(bytes.buffer).forEach((value, i) => void view.setUint32(4 * i, value));
  if (sizeBytes === 8) new BigUint64Array(bytes.buffer).forEach((value, i) => void view.setBigUint64(8 * i, value));
}
