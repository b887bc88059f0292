import type { NumericArray } from "@/lib/formats/dataset";

/** Fills a buffer with big-endian values, as XDR and classic NetCDF lay them out. Positions are bytes from the start. */
export type ByteOrderWriter = {
  readonly bytes: Uint8Array;
  seek(offset: number): void;
  uint32(value: number): void;
  uint64(value: number): void;
  /** Length in bytes, UTF-8 text, zeros up to a multiple of 4. */
  name(text: string): void;
  /** Values one after the other, without padding. */
  array(values: NumericArray): void;
  /** Moves on to the next multiple of 4. */
  pad(): void;
};

/** A writer over `sizeBytes` zero bytes; writing past the end throws RangeError. */
export function byteOrderWriter(sizeBytes: number): ByteOrderWriter {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  const encoder = new TextEncoder();
  let at = 0;
  const pad = () => {
    at = Math.ceil(at / 4) * 4;
  };
  const uint32 = (value: number) => {
    view.setUint32(at, value);
    at += 4;
  };
  return {
    bytes,
    seek(offset) {
      at = offset;
    },
    uint32,
    uint64(value) {
      uint32(Math.floor(value / 2 ** 32));
      uint32(value >>> 0);
    },
    name(text) {
      const encoded = encoder.encode(text);
      uint32(encoded.length);
      bytes.set(encoded, at);
      at += encoded.length;
      pad();
    },
    array(values) {
      putBigEndian(bytes.subarray(at, at + values.byteLength), values);
      at += values.byteLength;
    },
    pad,
  };
}

/** Word-wise swaps: 4 times as fast as DataView over whole fields. All hosts of Node and browsers are little-endian. */
function putBigEndian(target: Uint8Array, values: NumericArray): void {
  const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (target.length < source.length) throw new RangeError(`${source.length} bytes do not fit in ${target.length}`);
  const width = values.BYTES_PER_ELEMENT;
  if (width === 1) target.set(source);
  else if (width === 4 && target.byteOffset % 4 === 0) swapWords(target, values);
  else
    for (let from = 0; from < source.length; from += width)
      for (let byte = 0; byte < width; byte += 1) target[from + byte] = source[from + width - 1 - byte] ?? 0;
}

function swapWords(target: Uint8Array, values: NumericArray): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint32Array(target.buffer, target.byteOffset, values.length);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? 0;
    out[index] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
}
