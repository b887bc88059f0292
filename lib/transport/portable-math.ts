/**
 * Elementary functions from + - * / sqrt and integers only, so that a run gives the same bits in every JavaScript
 * engine; `Math.exp` and its kin may differ in the last bit. Relative error below 1e-11. They are short so that they are
 * inlined where they are called: a number that crosses a call which is not inlined costs an allocation.
 */

const log2e = Math.LOG2E;
// ln 2 in two parts: the first has zero low bits, so n * ln2High is exact.
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

const powersOfTwo = new Float64Array(2047);
for (let n = -1023, value = 2 ** -1023; n <= 1023; n += 1, value *= 2) powersOfTwo[n + 1023] = value;

// 2^(n/32), from square roots and products, which are the same to the last bit everywhere.
const partsOfOctave = 32;
const rootsOfTwo = new Float64Array(partsOfOctave).fill(1);
for (let bit = 16, root = Math.SQRT2; bit >= 1; bit /= 2, root = Math.sqrt(root)) {
  for (let n = 0; n < partsOfOctave; n += 1) if (n & bit) rootsOfTwo[n] = (rootsOfTwo[n] ?? 1) * root;
}

/** e to the x; 0 below -700, and the largest representable power above 700. */
export function exp(x: number): number {
  if (x < -700) return 0;
  const y = Math.min(x, 700);
  const n = Math.floor(y * (partsOfOctave * log2e) + 0.5);
  const r = y - n * (ln2High / partsOfOctave) - n * (ln2Low / partsOfOctave);
  const square = r * r;
  const series = r + square * (0.5 + r * (1 / 6) + square * (1 / 24 + r * (1 / 120)));
  const power = (rootsOfTwo[n & (partsOfOctave - 1)] ?? 1) * (powersOfTwo[(n >> 5) + 1023] ?? 0);
  return power + power * series;
}

const real = new Float64Array(1);
const words = new Int32Array(real.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Natural logarithm of a normal positive number. */
export function log(x: number): number {
  real[0] = x;
  const bits = words[highWord] ?? 0;
  let exponent = (bits >>> 20) - 1023;
  words[highWord] = (bits & 0x000f_ffff) | 0x3ff0_0000;
  let m = real[0] ?? 1;
  if (m > Math.SQRT2) {
    m *= 0.5;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  const tail = 1 / 11 + q * (1 / 13 + q * (1 / 15 + q * (1 / 17 + q * (1 / 19))));
  const series = 1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * tail)));
  return exponent * ln2High + (2 * s * (1 + q * series) + exponent * ln2Low);
}

/** x to the power y, for a normal positive x. */
export function pow(x: number, y: number): number {
  return exp(y * log(x));
}

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

/**
 * Cube root of a positive number between 1e-37 and 1e37: a guess from the bits (5 %), then two steps of Halley.
 */
export function cubeRoot(x: number): number {
  single[0] = x;
  singleBits[0] = (((singleBits[0] ?? 0) * 0.3333333333333333) | 0) + 709_921_077;
  let y = single[0] ?? 1;
  let cube = y * y * y;
  y *= (cube + 2 * x) / (2 * cube + x);
  cube = y * y * y;
  return (y * (cube + 2 * x)) / (2 * cube + x);
}
