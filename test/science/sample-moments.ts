/** Mean, variance and excess kurtosis of a sample. */
export function moments(values: ArrayLike<number>) {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += (values[i] ?? 0) / n;
  let [second, fourth] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const square = ((values[i] ?? 0) - mean) ** 2;
    second += square / n;
    fourth += (square * square) / n;
  }
  return { mean, variance: second, excessKurtosis: fourth / (second * second) - 3 };
}

/** Correlation of two samples of equal length. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ofA, ofB] = [moments(a), moments(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - ofA.mean) * ((b[i] ?? 0) - ofB.mean);
  return sum / a.length / Math.sqrt(ofA.variance * ofB.variance);
}

/** Number of values in equal bins of [0, size]. */
export function histogram(values: ArrayLike<number>, size: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i += 1) {
    const bin = Math.min(bins - 1, Math.trunc(((values[i] ?? 0) / size) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
