/**
 * What a threshold may be on a layer: from its first to its last class bound, in about a hundred round steps.
 * @param breaks class bounds in published units, ascending
 */
export function thresholdRange(breaks: readonly number[]): {
  readonly lowest: number;
  readonly highest: number;
  readonly step: number;
} {
  const lowest = breaks[0] ?? 0;
  const highest = breaks.at(-1) ?? lowest;
  const rough = (highest - lowest) / 100;
  if (!(rough > 0)) return { lowest, highest: lowest + 1, step: 1 };
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  return { lowest, highest, step };
}
