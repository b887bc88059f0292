import type { StepCoverage } from "@/lib/map/product";

/**
 * The step that lies nearest to an instant; of two equally near the earlier.
 * @param times ISO 8601 UTC, ascending
 * @returns its index, or -1 when there are no times
 */
export function nearestStep(times: readonly string[], instantMs: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    const away = Math.abs(Date.parse(time) - instantMs);
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}

/** The published step nearest to the wanted one, or -1 when nothing is published yet. */
export function nearestPublished(steps: readonly StepCoverage[], wanted: number): number {
  let best = -1;
  for (const { index } of steps) if (best < 0 || Math.abs(index - wanted) < Math.abs(best - wanted)) best = index;
  return best;
}

/** Order in which steps are fetched around the one shown: now, the next six, then outward on both sides. */
export function prefetchOrder(current: number, published: ReadonlySet<number>): readonly number[] {
  const ahead = [1, 2, 3, 4, 5, 6].map((distance) => current + distance);
  const farthest = Math.max(0, ...[...published].map((index) => Math.abs(index - current)));
  const outward = Array.from({ length: farthest }, (_, at) => [current + at + 7, current - at - 1]).flat();
  return [current, ...ahead, ...outward].filter((index) => published.has(index));
}
