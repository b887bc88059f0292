/** Calls of one token: so many at once, and then so many a second. */
const burst = 1000;
const perSecond = 100;
const longestWaitMs = 5000;

const usedUntil = new Map<string, number>();
const mostKept = 10_000;

/**
 * How long a call has to wait for its turn, milliseconds; null when that would be more than 5 s. Scripts call one after the
 * other, so waiting slows them down without an error.
 * @param nowMs  clock, milliseconds
 */
export function takeTurn(secretHash: string, nowMs: number): number | null {
  const costMs = 1000 / perSecond;
  const earliest = nowMs - burst * costMs;
  const next = Math.max(usedUntil.get(secretHash) ?? 0, earliest) + costMs;
  const waitMs = Math.max(0, next - nowMs);
  if (waitMs > longestWaitMs) return null;
  if (usedUntil.size >= mostKept) forgetBefore(earliest);
  usedUntil.set(secretHash, next);
  return waitMs;
}

/** What was used up before that time limits nobody any more. */
function forgetBefore(earliest: number): void {
  for (const [secretHash, until] of usedUntil) if (until <= earliest) usedUntil.delete(secretHash);
}
