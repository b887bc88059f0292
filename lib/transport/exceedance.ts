/** When and how long a series of hours was strictly above a threshold; hours count from 1. */
export function exceedance(hourly: readonly number[], threshold: number) {
  const above = hourly.flatMap((value, hour) => (value > threshold ? [hour + 1] : []));
  return { firstHour: above[0] ?? null, hours: above.length };
}
