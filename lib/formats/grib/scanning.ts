import type { GribGrid, ScanningMode } from "@/lib/formats/grib/grib-field";

/** Flag table 3.4 (GRIB2) and 8 (GRIB1): the same bits. */
export function scanningMode(flags: number): ScanningMode {
  return {
    isWestward: (flags & 0x80) !== 0,
    isNorthward: (flags & 0x40) !== 0,
    isColumnwise: (flags & 0x20) !== 0,
    isAlternating: (flags & 0x10) !== 0,
  };
}

/**
 * Puts values into rows as the grid's shape says them: columns that lie together are turned, rows that run backwards
 * are reversed. Where rows start (north or south, west or east) stays as stored; `scanning` tells.
 */
export function inRows(values: Float64Array, { shape, rowLengths, scanning }: GribGrid): Float64Array {
  if (rowLengths !== null && scanning.isAlternating) return turnEverySecond(values, rowLengths);
  const [nRows, nColumns] = shape;
  if (nColumns === undefined || nRows === undefined) return values;
  if (!scanning.isColumnwise && !scanning.isAlternating) return values;
  const out = new Float64Array(values.length);
  const along = scanning.isColumnwise ? nRows : nColumns;
  for (let at = 0; at < values.length; at += 1) {
    const line = Math.floor(at / along);
    const step = at % along;
    const place = scanning.isAlternating && line % 2 === 1 ? along - 1 - step : step;
    const [row, column] = scanning.isColumnwise ? [place, line] : [line, place];
    out[row * nColumns + column] = values[at] ?? Number.NaN;
  }
  return out;
}

function turnEverySecond(values: Float64Array, rowLengths: readonly number[]): Float64Array {
  const out = values.slice();
  let first = 0;
  rowLengths.forEach((length, row) => {
    if (row % 2 === 1) out.subarray(first, first + length).reverse();
    first += length;
  });
  return out;
}
