import { cubeRoot, exp } from "@/lib/transport/portable-math";

/** Leading bits of a float that tell its row: sign, exponent and four of the mantissa. */
export const rowShift = 19;
const lowestOctave = -17;
const rowsPerOctave = 16;
/** Bits of 2^-17, shifted: where the rows begin. */
export const firstRow = (127 + lowestOctave) * rowsPerOctave;

/**
 * Cubics for three functions of a number x in [2^-17, 2): four numbers a row, c0 .. c3 of c0 + x c1 + x^2 (c2 + x c3). A row
 * serves a sixteenth of an octave and is told by the leading bits of x as a float: (bits >> rowShift) - firstRow.
 *
 * Relative error below 2e-7 (height-table.test.ts). The functions themselves take three times as long, and each sub-step
 * of the vertical walk waits for them.
 */
export const twoThirdsPower = rowsOf((x) => cubeRoot(x) * cubeRoot(x));
/** 1 / (1 - exp(-5 x)). */
export const inverseRise = rowsOf((x) => 1 / (1 - exp(-5 * x)));
/** exp(-x). */
export const decayOf = rowsOf((x) => exp(-x));

function rowsOf(f: (x: number) => number): Float64Array {
  const rows = (1 - lowestOctave) * rowsPerOctave;
  const table = new Float64Array(rows * 4);
  for (let row = 0; row < rows; row += 1) {
    const octave = 2 ** (lowestOctave + Math.trunc(row / rowsPerOctave));
    const low = octave * (1 + (row % rowsPerOctave) / rowsPerOctave);
    table.set(cubicThrough(f, low, low + octave / rowsPerOctave), row * 4);
  }
  return table;
}

/** Coefficients, the constant first, of the cubic that meets a function at the four Chebyshev points of an interval. */
function cubicThrough(f: (x: number) => number, low: number, high: number): readonly number[] {
  // cos(pi/8) and cos(3 pi/8).
  const points = [-0.9238795325112867, -0.3826834323650898, 0.3826834323650898, 0.9238795325112867].map(
    (at) => 0.5 * (low + high) + 0.5 * at * (high - low),
  );
  const [x0 = 0, x1 = 0, x2 = 0, x3 = 0] = points;
  const [f0 = 0, f1 = 0, f2 = 0, f3 = 0] = points.map(f);
  const [d01, d12, d23] = [(f1 - f0) / (x1 - x0), (f2 - f1) / (x2 - x1), (f3 - f2) / (x3 - x2)];
  const [d012, d123] = [(d12 - d01) / (x2 - x0), (d23 - d12) / (x3 - x1)];
  const c3 = (d123 - d012) / (x3 - x0);
  const c2 = d012 - c3 * (x0 + x1 + x2);
  const c1 = d01 - d012 * (x0 + x1) + c3 * (x0 * x1 + x0 * x2 + x1 * x2);
  return [f0 - d01 * x0 + d012 * x0 * x1 - c3 * x0 * x1 * x2, c1, c2, c3];
}
