const FIRST_MS = 200;
const LONGEST_MS = 30_000;
/** A child that lived this long had no fault that it is born with. */
const STEADY_MS = 10_000;

/**
 * How long to wait before a child that has ended is started again, ms: almost at once the first time, twice as long each
 * time while it keeps ending soon.
 */
export function pauseBeforeRestart(lastPauseMs: number, livedMs: number): number {
  if (livedMs >= STEADY_MS || lastPauseMs === 0) return FIRST_MS;
  return Math.min(lastPauseMs * 2, LONGEST_MS);
}
