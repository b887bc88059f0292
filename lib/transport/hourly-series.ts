/** Value at a time of hourly values that are joined by straight lines; the first value holds at 0 s, the last beyond. */
export function valueAtSeconds(hourly: readonly number[], seconds: number): number {
  const at = Math.min(Math.max(seconds / 3600, 0), hourly.length - 1);
  const hour = Math.min(Math.trunc(at), Math.max(0, hourly.length - 2));
  const low = hourly[hour] ?? 0;
  return low + (at - hour) * ((hourly[hour + 1] ?? low) - low);
}

/** Value of the hour that holds a time, for values that are constant within each hour; 0 beyond the last. */
export function valueOfHour(hourly: readonly number[], seconds: number): number {
  return hourly[Math.trunc(seconds / 3600)] ?? 0;
}

/**
 * Release times of particles of equal amount from rates that are constant within each hour: particle i leaves when the
 * share (i + 1/2) / count has been given off.
 * @returns seconds, ascending; empty when every rate is 0
 */
export function hourlyReleaseTimes(rates: readonly number[], count: number): Float64Array {
  const whole = rates.reduce((sum, rate) => sum + rate, 0);
  if (whole <= 0) return new Float64Array(0);
  const times = new Float64Array(count);
  let hour = 0;
  let before = 0;
  for (let i = 0; i < count; i += 1) {
    const wanted = ((i + 0.5) / count) * whole;
    while (hour < rates.length - 1 && before + (rates[hour] ?? 0) <= wanted) {
      before += rates[hour] ?? 0;
      hour += 1;
    }
    times[i] = 3600 * (hour + (wanted - before) / (rates[hour] ?? 1));
  }
  return times;
}
