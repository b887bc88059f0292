import type { ByteSource } from "@/lib/formats/byte-source";
import type { ClassicVariable } from "@/lib/formats/classic/header";
import { fromBigEndian } from "@/lib/formats/classic/storage-types";
import type { NumericArray } from "@/lib/formats/dataset";

/**
 * Reads one hyperslab. Neighbouring rows come in one read when little between them is wasted, so a window costs few
 * reads and never much more memory than itself.
 * @param start,count first index and length per dimension, inside the variable's shape
 */
export async function readSlab(
  source: ByteSource,
  { variable, type, begin, stridesBytes }: ClassicVariable,
  { start, count }: { start: readonly number[]; count: readonly number[] },
): Promise<NumericArray> {
  const total = count.reduce((size, length) => size * length, type.sizeBytes);
  const slab: Slab = { source, count, stridesBytes, itemBytes: type.sizeBytes, out: new Uint8Array(total), written: 0 };
  const offset = begin + variable.shape.reduce((sum, _, d) => sum + at(start, d) * at(stridesBytes, d), 0);
  if (total > 0) await readFrom(slab, 0, offset);
  return fromBigEndian(type, slab.out);
}

type Slab = {
  readonly source: ByteSource;
  readonly count: readonly number[];
  readonly stridesBytes: readonly number[];
  readonly itemBytes: number;
  readonly out: Uint8Array<ArrayBuffer>;
  written: number;
};

/** A span this small is read whole even if most of it is not wanted: one more read costs more than the bytes. */
const cheapSpanBytes = 256 * 1024;
/** Larger spans are split so that the buffer beside the result stays small. */
const longestSpanBytes = 32 * 1024 * 1024;

async function readFrom(slab: Slab, dim: number, offset: number): Promise<void> {
  const span = spanBytes(slab, dim);
  const wanted = slab.count.slice(dim).reduce((size, length) => size * length, slab.itemBytes);
  const worthOneRead = span <= cheapSpanBytes || (span <= longestSpanBytes && wanted * 2 >= span);
  if (worthOneRead || dim === slab.count.length) {
    gather(slab, { dim, bytes: await slab.source.read(offset, span), offset: 0 });
    return;
  }
  const step = at(slab.stridesBytes, dim);
  if (dim === slab.count.length - 1) return readRow(slab, offset, step);
  for (let i = 0; i < at(slab.count, dim); i += 1) await readFrom(slab, dim + 1, offset + i * step);
}

/** One row that is too long for one read, or a column of record values far apart. */
async function readRow(slab: Slab, offset: number, step: number): Promise<void> {
  const length = at(slab.count, slab.count.length - 1);
  const perRead = step > slab.itemBytes ? 1 : Math.floor(longestSpanBytes / slab.itemBytes);
  for (let i = 0; i < length; i += perRead) {
    const bytes = await slab.source.read(offset + i * step, Math.min(perRead, length - i) * slab.itemBytes);
    slab.out.set(bytes, slab.written);
    slab.written += bytes.length;
  }
}

/** Bytes from the first to the end of the last wanted element of the dimensions from `dim` on. */
function spanBytes(slab: Slab, dim: number): number {
  let span = slab.itemBytes;
  for (let d = dim; d < slab.count.length; d += 1) span += (at(slab.count, d) - 1) * at(slab.stridesBytes, d);
  return span;
}

function gather(slab: Slab, from: { dim: number; bytes: Uint8Array; offset: number }): void {
  const { dim, bytes, offset } = from;
  const length = spanBytes(slab, dim);
  const wanted = slab.count.slice(dim).reduce((size, n) => size * n, slab.itemBytes);
  if (length === wanted) {
    slab.out.set(bytes.subarray(offset, offset + length), slab.written);
    slab.written += length;
    return;
  }
  const step = at(slab.stridesBytes, dim);
  for (let i = 0; i < at(slab.count, dim); i += 1) gather(slab, { dim: dim + 1, bytes, offset: offset + i * step });
}

function at(list: readonly number[], index: number): number {
  return list[index] ?? 0;
}
