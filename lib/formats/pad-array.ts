import type { NumericArray } from "@/lib/formats/dataset";
import { emptyLike } from "@/lib/formats/empty-like";
import { cellsOf } from "@/lib/formats/slabs";

/**
 * A row-major array laid into the low corner of a larger one; the rest is `fill`.
 * @param from.shape,to shapes of equal rank, `to` nowhere smaller
 */
export function padArray(
  from: { readonly values: NumericArray; readonly shape: readonly number[] },
  to: readonly number[],
  fill: number,
): NumericArray {
  const { values, shape } = from;
  const out = emptyLike(values, cellsOf(to)).fill(fill);
  const copy = (dim: number, source: number, target: number) => {
    const [length, inner] = [shape[dim] ?? 1, cellsOf(shape.slice(dim + 1))];
    if (dim >= shape.length - 1) {
      out.set(values.subarray(source, source + length), target);
      return;
    }
    const step = cellsOf(to.slice(dim + 1));
    for (let i = 0; i < length; i += 1) copy(dim + 1, source + i * inner, target + i * step);
  };
  if (cellsOf(shape) > 0) copy(0, 0, 0);
  return out;
}
