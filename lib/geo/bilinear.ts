/** A plane of numbers, row-major, row 0 first; `columns` numbers per row. */
export type Plane = { readonly values: ArrayLike<number>; readonly columns: number; readonly rows: number };

/** Value at fractional indices, bilinear; beyond the edge the value of the edge holds. Needs two rows and columns. */
export function bilinear({ values, columns, rows }: Plane, i: number, j: number): number {
  const x = Math.min(Math.max(i, 0), columns - 1);
  const y = Math.min(Math.max(j, 0), rows - 1);
  const i0 = Math.min(Math.trunc(x), columns - 2);
  const j0 = Math.min(Math.trunc(y), rows - 2);
  const fi = x - i0;
  const fj = y - j0;
  const at = j0 * columns + i0;
  const south = (1 - fi) * (values[at] ?? 0) + fi * (values[at + 1] ?? 0);
  const north = (1 - fi) * (values[at + columns] ?? 0) + fi * (values[at + columns + 1] ?? 0);
  return (1 - fj) * south + fj * north;
}
