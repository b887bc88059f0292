import type { GribGrid } from "@/lib/formats/grib/grib-field";

/**
 * How many points of a field have a packed value, in all and in each row as stored.
 * @param bitmap one bit per point, the first one in the highest bit; null = every point has a value
 */
export function pointsWithValue(
  grid: GribGrid,
  points: number,
  bitmap: Uint8Array | null,
): { readonly count: number; readonly perRow: () => readonly number[] } {
  const between = (from: number, to: number) => (bitmap === null ? to - from : bitsSet(bitmap, from, to));
  return {
    count: between(0, points),
    perRow: () => {
      let first = 0;
      return rowLengths(grid).map((length) => {
        first += length;
        return between(first - length, Math.min(first, points));
      });
    },
  };
}

function rowLengths({ shape, rowLengths, scanning }: GribGrid): readonly number[] {
  if (rowLengths !== null) return rowLengths;
  const [nRows = 0, nColumns = 0] = shape;
  const [lines, length] = scanning.isColumnwise ? [nColumns, nRows] : [nRows, nColumns];
  return Array.from({ length: lines }, () => length);
}

function bitsSet(bitmap: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) count += ((bitmap[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
  return count;
}
