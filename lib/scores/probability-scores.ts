/** A forecast probability, 0..1, and whether the event came. */
export type ProbabilityPair = { readonly probability: number; readonly event: boolean };

export type BrierScore = {
  readonly brier: number;
  /** Share of events, the score of always saying it, and the skill over that (null when it is 0). */
  readonly baseRate: number;
  readonly climatology: number;
  readonly skill: number | null;
  /** brier = reliability - resolution + uncertainty, over the distinct probabilities. */
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
};

/** Source: Brier (1950); parts after Murphy (1973); checked against score-brier. */
export function brierScore(pairs: readonly ProbabilityPair[]): BrierScore {
  const n = pairs.length;
  const brier = pairs.reduce((sum, pair) => sum + (pair.probability - Number(pair.event)) ** 2, 0) / n;
  const baseRate = pairs.filter(({ event }) => event).length / n;
  const uncertainty = baseRate * (1 - baseRate);
  let [reliability, resolution] = [0, 0];
  for (const probability of new Set(pairs.map((pair) => pair.probability))) {
    const bin = pairs.filter((pair) => pair.probability === probability);
    const share = bin.filter(({ event }) => event).length / bin.length;
    reliability += (bin.length * (probability - share) ** 2) / n;
    resolution += (bin.length * (share - baseRate) ** 2) / n;
  }
  const skill = uncertainty === 0 ? null : 1 - brier / uncertainty;
  return { brier, baseRate, climatology: uncertainty, skill, reliability, resolution, uncertainty };
}

export type RocCurve = {
  /** [false alarm rate, hit rate] from (0, 0) by falling threshold; predicted when probability >= threshold. */
  readonly points: readonly (readonly [number, number])[];
  /** Area under the curve by trapezoids: the Mann-Whitney statistic, ties one half. */
  readonly area: number;
};

/**
 * Relative operating characteristic; null when there is no event, or nothing but events.
 * Source: Mason (1982); checked against score-roc.
 */
export function rocCurve(pairs: readonly ProbabilityPair[]): RocCurve | null {
  const events = pairs.filter(({ event }) => event).length;
  const others = pairs.length - events;
  if (events === 0 || others === 0) return null;
  const thresholds = [...new Set(pairs.map(({ probability }) => probability))].sort((a, b) => b - a);
  const points: [number, number][] = [[0, 0]];
  let area = 0;
  let [lastAlarms, lastHits] = [0, 0];
  for (const threshold of thresholds) {
    const predicted = pairs.filter(({ probability }) => probability >= threshold);
    const hits = predicted.filter(({ event }) => event).length / events;
    const alarms = predicted.filter(({ event }) => !event).length / others;
    area += ((alarms - lastAlarms) * (hits + lastHits)) / 2;
    points.push([alarms, hits]);
    [lastAlarms, lastHits] = [alarms, hits];
  }
  return { points, area };
}
