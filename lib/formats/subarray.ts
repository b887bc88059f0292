import type { NumericArray } from "@/lib/formats/dataset";

/**
 * A hyperslab of an array in memory, in row-major order; the array itself where all of it is wanted.
 * @param slab inside `shape`
 */
export function subarrayOf(
  values: NumericArray,
  shape: readonly number[],
  { start, count }: { readonly start: readonly number[]; readonly count: readonly number[] },
): NumericArray {
  if (count.every((length, d) => length === shape[d])) return values;
  const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, length) => product * length, 1));
  const out = values.slice(
    0,
    count.reduce((product, length) => product * length, 1),
  );
  let next = 0;
  const copy = (dim: number, offset: number) => {
    const [first, length] = [offset + (start[dim] ?? 0) * (strides[dim] ?? 1), count[dim] ?? 1];
    if (dim >= count.length - 1) {
      out.set(values.subarray(first, first + length), next);
      next += length;
      return;
    }
    for (let i = 0; i < length; i += 1) copy(dim + 1, first + i * (strides[dim] ?? 1));
  };
  if (out.length > 0) copy(0, 0);
  return out;
}
