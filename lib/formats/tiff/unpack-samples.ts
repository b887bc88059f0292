import { NereusError } from "@/lib/errors";
import { BitReader } from "@/lib/formats/bits";
import type { NumericArray, Variable } from "@/lib/formats/dataset";
import { halfToNumber } from "@/lib/formats/half-float";
import type { TiffLayout } from "@/lib/formats/tiff/read-layout";

/** How the samples of an image come as numbers. */
export type SampleType = {
  readonly dtype: Variable["dtype"];
  newArray(length: number): NumericArray;
  /** Writes the samples of one row of a block, every `step`-th from `first` on. */
  unpackRow(row: Uint8Array, to: { array: NumericArray; at: number; count: number; first: number; step: number }): void;
};

/**
 * The type of the samples.
 * @param isLittleEndian of the numbers in a block after its predictor was undone
 * @throws unsupported-feature for widths without a machine type
 */
export function sampleType(layout: TiffLayout, isLittleEndian: boolean, file: string): SampleType {
  const { bitsPerSample: bits, sampleFormat } = layout;
  const whole = wholeTypes[`${sampleFormat}${bits}`];
  if (whole !== undefined) return fromWhole(whole, isLittleEndian);
  if (sampleFormat === "unsigned" && bits < 16) return fromBits(bits);
  const feature = `${bits}-bit ${sampleFormat === "float" ? "floating-point" : sampleFormat} samples`;
  throw new NereusError("unsupported-feature", { file, feature });
}

type WholeType = {
  readonly dtype: Variable["dtype"];
  readonly size: number;
  newArray(length: number): NumericArray;
  get(view: DataView, offset: number, isLittleEndian: boolean): number;
};

const wholeTypes: Readonly<Record<string, WholeType>> = {
  unsigned8: { dtype: "uint8", size: 1, newArray: (n) => new Uint8Array(n), get: (view, at) => view.getUint8(at) },
  signed8: { dtype: "int8", size: 1, newArray: (n) => new Int8Array(n), get: (view, at) => view.getInt8(at) },
  unsigned16: {
    dtype: "uint16",
    size: 2,
    newArray: (n) => new Uint16Array(n),
    get: (view, at, little) => view.getUint16(at, little),
  },
  signed16: {
    dtype: "int16",
    size: 2,
    newArray: (n) => new Int16Array(n),
    get: (view, at, little) => view.getInt16(at, little),
  },
  unsigned32: {
    dtype: "uint32",
    size: 4,
    newArray: (n) => new Uint32Array(n),
    get: (view, at, little) => view.getUint32(at, little),
  },
  signed32: {
    dtype: "int32",
    size: 4,
    newArray: (n) => new Int32Array(n),
    get: (view, at, little) => view.getInt32(at, little),
  },
  unsigned64: {
    dtype: "uint64",
    size: 8,
    newArray: (n) => new Float64Array(n),
    get: (view, at, little) => Number(view.getBigUint64(at, little)),
  },
  signed64: {
    dtype: "int64",
    size: 8,
    newArray: (n) => new Float64Array(n),
    get: (view, at, little) => Number(view.getBigInt64(at, little)),
  },
  float16: {
    dtype: "float32",
    size: 2,
    newArray: (n) => new Float32Array(n),
    get: (view, at, little) => halfToNumber(view.getUint16(at, little)),
  },
  float32: {
    dtype: "float32",
    size: 4,
    newArray: (n) => new Float32Array(n),
    get: (view, at, little) => view.getFloat32(at, little),
  },
  float64: {
    dtype: "float64",
    size: 8,
    newArray: (n) => new Float64Array(n),
    get: (view, at, little) => view.getFloat64(at, little),
  },
};

function fromWhole({ dtype, size, newArray, get }: WholeType, isLittleEndian: boolean): SampleType {
  return {
    dtype,
    newArray,
    unpackRow(row, { array, at, count, first, step }) {
      const view = new DataView(row.buffer, row.byteOffset, row.length);
      for (let i = 0; i < count; i += 1) array[at + i] = get(view, (first + i * step) * size, isLittleEndian);
    },
  };
}

/** Samples of fewer bits than a byte or two: packed from the top bit down, rows starting at whole bytes. */
function fromBits(bits: number): SampleType {
  return {
    dtype: bits <= 8 ? "uint8" : "uint16",
    newArray: (length) => (bits <= 8 ? new Uint8Array(length) : new Uint16Array(length)),
    unpackRow(row, { array, at, count, first, step }) {
      const reader = new BitReader(row);
      skip(reader, first * bits);
      for (let i = 0; i < count; i += 1) {
        array[at + i] = reader.read(bits);
        if (i < count - 1) skip(reader, (step - 1) * bits);
      }
    },
  };
}

function skip(reader: BitReader, bits: number): void {
  for (let left = bits; left > 0; left -= 32) reader.read(Math.min(32, left));
}
