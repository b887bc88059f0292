/** Statistics of pairs of observed and modelled values; null = undefined (a denominator or a variance is zero). */
export type PairedScores = {
  readonly n: number;
  readonly meanObserved: number;
  readonly meanModel: number;
  readonly correlation: number | null;
  /** Fractional bias, positive when the model is too high. */
  readonly fractionalBias: number | null;
  readonly nmse: number | null;
  /** Figure of merit in space, 0..100, and the largest distance of the two distributions, 0..100. */
  readonly fmsPercent: number | null;
  readonly ksPercent: number;
  readonly bothPositive: number;
  /** Shares within a factor of 2 and 5: of the pairs with both values positive, and of all pairs. */
  readonly factor2OfPositive: number | null;
  readonly factor5OfPositive: number | null;
  readonly factor2OfAll: number;
  readonly factor5OfAll: number;
  readonly rank: number | null;
  readonly rmse: number;
  /** Slope of the model's least-squares line on the observations. */
  readonly slope: number | null;
} & Contingency;

/** Exceedances of a threshold, strictly above it. */
export type Contingency = {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
  readonly correctNegatives: number;
  readonly probabilityOfDetection: number | null;
  readonly falseAlarmRatio: number | null;
  readonly threatScore: number | null;
};

export type Pair = { readonly observed: number; readonly model: number };

/**
 * Scores of a model against observations, at least one pair.
 * Source: Draxler and co-authors, DATEM (R, FB, FMS, KS, rank); checked against score and score-captex.
 */
export function pairedScores(pairs: readonly Pair[], threshold: number): PairedScores {
  const n = pairs.length;
  const meanObserved = mean(pairs, (pair) => pair.observed);
  const meanModel = mean(pairs, (pair) => pair.model);
  const varianceObserved = variance(
    pairs.map(({ observed }) => observed),
    meanObserved,
  );
  const varianceModel = variance(
    pairs.map(({ model }) => model),
    meanModel,
  );
  const covariance = mean(pairs, ({ observed, model }) => (observed - meanObserved) * (model - meanModel));
  const squareError = mean(pairs, ({ observed, model }) => (model - observed) ** 2);
  const correlation = ratio(covariance, Math.sqrt(varianceObserved * varianceModel));
  const fractionalBias = ratio(2 * (meanModel - meanObserved), meanModel + meanObserved);
  const contingency = contingencyOf(pairs, threshold);
  const { hits, falseAlarms, misses } = contingency;
  const fmsPercent = ratio(100 * hits, hits + falseAlarms + misses);
  const ksPercent = 100 * distributionDistance(pairs);
  return {
    n,
    meanObserved,
    meanModel,
    correlation,
    fractionalBias,
    nmse: ratio(squareError, meanModel * meanObserved),
    fmsPercent,
    ksPercent,
    ...factorShares(pairs),
    ...contingency,
    rank: rankOf({ correlation, fractionalBias, fmsPercent, ksPercent }),
    rmse: Math.sqrt(squareError),
    slope: ratio(covariance, varianceObserved),
  };
}

/**
 * Rank of a model, 0..4: R^2 + 1 - |FB/2| + FMS/100 + 1 - KS/100. It takes R squared, so show R with its sign beside it.
 * @returns null when a part is undefined
 */
export function rankOf(
  parts: Pick<PairedScores, "correlation" | "fractionalBias" | "fmsPercent" | "ksPercent">,
): number | null {
  const { correlation, fractionalBias, fmsPercent, ksPercent } = parts;
  if (correlation === null || fractionalBias === null || fmsPercent === null) return null;
  return correlation ** 2 + 1 - Math.abs(fractionalBias / 2) + fmsPercent / 100 + 1 - ksPercent / 100;
}

function contingencyOf(pairs: readonly Pair[], threshold: number): Contingency {
  const count = (observed: boolean, model: boolean) =>
    pairs.filter((pair) => pair.observed > threshold === observed && pair.model > threshold === model).length;
  const hits = count(true, true);
  const falseAlarms = count(false, true);
  const misses = count(true, false);
  return {
    hits,
    falseAlarms,
    misses,
    correctNegatives: count(false, false),
    probabilityOfDetection: ratio(hits, hits + misses),
    falseAlarmRatio: ratio(falseAlarms, hits + falseAlarms),
    threatScore: ratio(hits, hits + falseAlarms + misses),
  };
}

/** The limits of a factor belong to it, also where their product is rounded. */
const almostOne = 1 - 1e-12;

function factorShares(pairs: readonly Pair[]) {
  const positive = pairs.filter(({ observed, model }) => observed > 0 && model > 0);
  const within = (factor: number) =>
    positive.filter(
      ({ observed, model }) => model * factor >= observed * almostOne && model * almostOne <= factor * observed,
    ).length;
  return {
    bothPositive: positive.length,
    factor2OfPositive: ratio(within(2), positive.length),
    factor5OfPositive: ratio(within(5), positive.length),
    factor2OfAll: within(2) / pairs.length,
    factor5OfAll: within(5) / pairs.length,
  };
}

/** Largest difference of the two empirical distributions, zeros included. Source: Kolmogorov and Smirnov. */
function distributionDistance(pairs: readonly Pair[]): number {
  const observed = pairs.map((pair) => pair.observed).sort((a, b) => a - b);
  const model = pairs.map((pair) => pair.model).sort((a, b) => a - b);
  let [i, j, largest] = [0, 0, 0];
  while (i < observed.length && j < model.length) {
    const value = Math.min(observed[i] ?? 0, model[j] ?? 0);
    while (i < observed.length && observed[i] === value) i += 1;
    while (j < model.length && model[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i - j));
  }
  return largest / pairs.length;
}

/** Exactly 0 for equal values, whose mean may be rounded. */
function variance(values: readonly number[], mean: number): number {
  if (values.every((value) => value === values[0])) return 0;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function mean(pairs: readonly Pair[], value: (pair: Pair) => number): number {
  return pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
