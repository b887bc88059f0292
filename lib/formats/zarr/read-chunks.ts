import type { DataType, Readable, Array as ZarrArray } from "zarrita";
import { NereusError } from "@/lib/errors";
import type { NumericArray } from "@/lib/formats/dataset";
import { cellsOf } from "@/lib/formats/slabs";
import { toNumbers } from "@/lib/formats/zarr/to-numbers";

type Box = { readonly start: readonly number[]; readonly count: readonly number[] };

/**
 * Reads a hyperslab of an array chunk by chunk. The library's own selection fills what a short chunk lacks with zeros;
 * here such a chunk is refused.
 * @param box not empty, inside the array
 * @throws format-invalid naming the chunk; what the library throws
 */
export async function readChunks(
  array: ZarrArray<DataType, Readable>,
  box: Box,
  at: { readonly file: string; readonly name: string },
): Promise<NumericArray> {
  const { chunks, shape } = array;
  let out: NumericArray | null = null;
  for (const coords of chunksOf(box, chunks)) {
    const chunk = await array.getChunk(coords);
    const values = toNumbers(chunk.data);
    if (values.length < cellsOf(chunk.shape))
      throw new NereusError("format-invalid", {
        file: at.file,
        place: `chunk ${coords.join(".")} of ${at.name}`,
        problem: `it has ${values.length} of ${cellsOf(chunk.shape)} values`,
      });
    out ??= sameType(values, cellsOf(box.count));
    copyPart(out, values, {
      box,
      stride: chunk.stride,
      origin: coords.map((c, d) => c * (chunks[d] ?? 1)),
      chunks,
      shape,
    });
  }
  return out ?? new Float64Array(0);
}

function sameType(values: NumericArray, length: number): NumericArray {
  // A slice keeps the type; what is too short is made anew.
  if (values.length >= length) return values.slice(0, length);
  if (values instanceof Float64Array) return new Float64Array(length);
  if (values instanceof Float32Array) return new Float32Array(length);
  if (values instanceof Int8Array) return new Int8Array(length);
  if (values instanceof Uint8Array) return new Uint8Array(length);
  if (values instanceof Int16Array) return new Int16Array(length);
  if (values instanceof Uint16Array) return new Uint16Array(length);
  return values instanceof Int32Array ? new Int32Array(length) : new Uint32Array(length);
}

function* chunksOf({ start, count }: Box, chunks: readonly number[]): Generator<number[]> {
  const first = start.map((from, d) => Math.floor(from / (chunks[d] ?? 1)));
  const last = start.map((from, d) => Math.floor((from + (count[d] ?? 1) - 1) / (chunks[d] ?? 1)));
  const coords = [...first];
  for (;;) {
    yield [...coords];
    let d = coords.length - 1;
    while (d >= 0 && coords[d] === last[d]) {
      coords[d] = first[d] ?? 0;
      d -= 1;
    }
    if (d < 0) return;
    coords[d] = (coords[d] ?? 0) + 1;
  }
}

type Part = {
  readonly box: Box;
  readonly stride: readonly number[];
  readonly origin: readonly number[];
  readonly chunks: readonly number[];
  readonly shape: readonly number[];
};

/** Copies what a chunk and the box have in common; chunks may be stored fastest dimension first. */
function copyPart(out: NumericArray, values: NumericArray, { box, stride, origin, chunks, shape }: Part): void {
  const copy = (d: number, from: number, to: number): void => {
    if (d === shape.length) {
      out[to] = values[from] ?? Number.NaN;
      return;
    }
    const [boxStart, boxCount, chunkStart] = [box.start[d] ?? 0, box.count[d] ?? 1, origin[d] ?? 0];
    const end = Math.min(boxStart + boxCount, chunkStart + (chunks[d] ?? 1));
    for (let i = Math.max(boxStart, chunkStart); i < end; i += 1)
      copy(d + 1, from + (i - chunkStart) * (stride[d] ?? 1), to * boxCount + i - boxStart);
  };
  copy(0, 0, 0);
}
