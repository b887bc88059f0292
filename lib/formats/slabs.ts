/** One piece of an array: a hyperslab whose cells lie together in row-major order, the first at flat index `offset`. */
export type Slab = { readonly start: readonly number[]; readonly count: readonly number[]; readonly offset: number };

/**
 * Cuts an array into hyperslabs of at most `maxCells` cells, in row-major order and without gaps.
 * @param shape slowest dimension first; a scalar gives one slab, an empty array none
 */
export function* slabsOf(shape: readonly number[], maxCells: number): Generator<Slab> {
  if (shape.includes(0)) return;
  // The dimension that is cut: all slower ones advance by one, all faster ones are taken whole.
  let cut = 0;
  while (cut < shape.length - 1 && cellsOf(shape.slice(cut + 1)) > maxCells) cut += 1;
  const inner = cellsOf(shape.slice(cut + 1));
  const length = shape[cut] ?? 1;
  const step = Math.max(1, Math.min(length, Math.floor(maxCells / inner)));
  const outer = cellsOf(shape.slice(0, cut));
  for (let row = 0; row < outer; row += 1) {
    const lead = unflatten(shape.slice(0, cut), row);
    for (let first = 0; first < length; first += step) {
      const tail = shape.slice(cut + 1);
      const start = shape.length === 0 ? [] : [...lead, first, ...tail.map(() => 0)];
      const taken = Math.min(step, length - first);
      const count = shape.length === 0 ? [] : [...lead.map(() => 1), taken, ...tail];
      yield { start, count, offset: (row * length + first) * inner };
    }
  }
}

/** Position of an index in row-major order. */
export function flatIndex(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((flat, length, d) => flat * length + (index[d] ?? 0), 0);
}

/** Number of cells of an array; 1 for a scalar. */
export function cellsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function unflatten(shape: readonly number[], flat: number): number[] {
  let rest = flat;
  const index = shape.map(() => 0);
  for (let d = shape.length - 1; d >= 0; d -= 1) {
    const length = shape[d] ?? 1;
    index[d] = rest % length;
    rest = Math.floor(rest / length);
  }
  return index;
}
