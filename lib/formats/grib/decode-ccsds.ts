import { BitReader, BitsExhausted } from "@/lib/formats/bits";

/**
 * Lossless compression of CCSDS 121.0-B-3 (adaptive entropy coding, also known as szip), as GRIB2 template 5.42 and HDF5 use it.
 * @returns unsigned or signed integers, `count` of them
 * @throws BitsExhausted where the data end before the values, or parameters are outside the standard
 * Source: CCSDS 121.0-B-3; the flags are those of libaec (`libaec.h`), which ecCodes passes through.
 */
export function decodeCcsds(
  data: Uint8Array,
  coding: {
    readonly bits: number;
    readonly count: number;
    /** Samples per block, 8 to 64. */
    readonly blockSize: number;
    /** Blocks between reference samples. */
    readonly referenceInterval: number;
    readonly flags: number;
  },
): Float64Array {
  const { bits, blockSize, referenceInterval, count } = coding;
  if (bits < 1 || bits > 32 || blockSize < 2 || blockSize % 2 !== 0 || referenceInterval < 1) throw new BitsExhausted();
  const decoder = new Decoder(data, coding);
  const values = new Float64Array(count);
  const interval = new Float64Array(blockSize * referenceInterval);
  for (let at = 0; at < count; at += interval.length) {
    const wanted = Math.min(interval.length, count - at);
    decoder.readInterval(interval, wanted);
    values.set(interval.subarray(0, wanted), at);
  }
  return values;
}

const flag = { signed: 1, preprocess: 8, restricted: 16, padded: 32 } as const;

/** Blocks of zeros up to the end of their segment of 64 blocks are written as this many. */
const restOfSegment = 5;

class Decoder {
  readonly #reader: BitReader;
  readonly #bits: number;
  readonly #blockSize: number;
  readonly #flags: number;
  readonly #idBits: number;

  constructor(data: Uint8Array, coding: { bits: number; blockSize: number; flags: number }) {
    this.#reader = new BitReader(data);
    this.#bits = coding.bits;
    this.#blockSize = coding.blockSize;
    this.#flags = coding.flags;
    this.#idBits = idBits(coding.bits, this.#has("restricted"));
  }

  #has(name: keyof typeof flag): boolean {
    return (this.#flags & flag[name]) !== 0;
  }

  /** Reads blocks until `wanted` values of one reference interval are there, then undoes the prediction. */
  readInterval(out: Float64Array, wanted: number): void {
    for (let at = 0; at < wanted; ) at += this.#readBlock(out, at);
    if (this.#has("preprocess")) this.#unpredict(out, wanted);
    if (this.#has("padded")) this.#reader.align();
  }

  /** @returns how many values it was; several blocks of zeros come at once */
  #readBlock(out: Float64Array, at: number): number {
    const reader = this.#reader;
    const id = reader.read(this.#idBits);
    const isReference = at === 0 && this.#has("preprocess");
    const first = isReference ? 1 : 0;
    const block = out.subarray(at, at + this.#blockSize);
    if (id === 2 ** this.#idBits - 1) {
      for (let i = 0; i < block.length; i += 1) block[i] = reader.read(this.#bits);
      return block.length;
    }
    const isSecondExtension = id === 0 && reader.read(1) === 1;
    if (isReference) block[0] = reader.read(this.#bits);
    if (isSecondExtension) this.#readSecondExtension(block, first);
    else if (id === 0) return this.#readZeros(out, at, first);
    else this.#readSplit(block, first, id - 1);
    return block.length;
  }

  #readSplit(block: Float64Array, first: number, lowBits: number): void {
    const high = 2 ** lowBits;
    for (let i = first; i < block.length; i += 1) block[i] = this.#reader.readUnary() * high;
    for (let i = first; i < block.length; i += 1) block[i] = (block[i] ?? 0) + this.#reader.read(lowBits);
  }

  /** Pairs of small values share one code: their sum picks a row of a triangle, their second one the place in it. */
  #readSecondExtension(block: Float64Array, first: number): void {
    for (let i = first; i < block.length; ) {
      const code = this.#reader.readUnary();
      const sum = Math.floor((Math.sqrt(8 * code + 1) - 1) / 2);
      const second = code - (sum * (sum + 1)) / 2;
      if (i % 2 === 0) {
        block[i] = sum - second;
        i += 1;
      }
      if (i < block.length) block[i] = second;
      i += 1;
    }
  }

  #readZeros(out: Float64Array, at: number, first: number): number {
    const done = at / this.#blockSize;
    const left = out.length / this.#blockSize - done;
    const code = this.#reader.readUnary() + 1;
    const blocks = code === restOfSegment ? Math.min(left, 64 - (done % 64)) : code > restOfSegment ? code - 1 : code;
    if (blocks > left) throw new BitsExhausted();
    out.fill(0, at + first, at + blocks * this.#blockSize);
    return blocks * this.#blockSize;
  }

  /** Each value was written as its mapped difference from the one before it. */
  #unpredict(out: Float64Array, count: number): void {
    const range = 2 ** this.#bits;
    const lowest = this.#has("signed") ? -range / 2 : 0;
    const highest = lowest + range - 1;
    let value = out[0] ?? 0;
    if (value > highest) value -= range;
    out[0] = value;
    for (let at = 1; at < count; at += 1) {
      const mapped = out[at] ?? 0;
      const reach = Math.min(value - lowest, highest - value);
      if (Math.ceil(mapped / 2) <= reach) value += mapped % 2 === 0 ? mapped / 2 : -(mapped + 1) / 2;
      else value = value - lowest <= highest - value ? lowest + mapped : highest - mapped;
      out[at] = value;
    }
  }
}

function idBits(bits: number, isRestricted: boolean): number {
  if (isRestricted && bits <= 4) return bits <= 2 ? 1 : 2;
  return bits > 16 ? 5 : bits > 8 ? 4 : 3;
}
