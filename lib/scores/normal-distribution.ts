/**
 * Share of a standard normal distribution below x.
 * Relative error of the tail below 1.2e-7. Source: complementary error function by the fit of Press et al.,
 * Numerical Recipes, section 6.2 (erfcc).
 */
export function normalShareBelow(x: number): number {
  const tail = 0.5 * complementaryError(Math.abs(x) / Math.SQRT2);
  return x > 0 ? 1 - tail : tail;
}

/** erfc of a number that is not negative, relative error about 1e-7. */
function complementaryError(z: number): number {
  const t = 1 / (1 + 0.5 * z);
  const series = fit.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-z * z + series);
}

const fit = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
