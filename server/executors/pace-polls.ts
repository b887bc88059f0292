import type { JobHandle, Runner } from "@/server/executors/runner";

/** A look costs the queue something: between two of them passes a twentieth of the youngest job's age, in these bounds. */
const densestMs = 100;
const sparsestMs = 10_000;

/**
 * The same runner, asked as often as anybody likes and looking only when a look may tell something: dense after a start,
 * sparse later. In between every job is `queued`, which says nothing new; so three misses are three looks.
 * Source: EXECUTION.md, S12.
 */
export function pacePolls(runner: Runner, now: () => number = Date.now): Runner {
  const firstSeenMs = new Map<string, number>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return {
    ...runner,
    async poll(handles, signal) {
      const at = now();
      keepOnly(firstSeenMs, handles, at);
      const youngest = Math.max(...firstSeenMs.values());
      const pauseMs = Math.min(sparsestMs, Math.max(densestMs, (at - youngest) / 20));
      if (at - lookedAtMs < pauseMs) return handles.map(() => ({ state: "queued", reason: null }) as const);
      lookedAtMs = at;
      return runner.poll(handles, signal);
    },
  };
}

function keepOnly(seen: Map<string, number>, handles: readonly JobHandle[], at: number): void {
  const asked = new Set(handles.map(({ token }) => token));
  for (const token of seen.keys()) if (!asked.has(token)) seen.delete(token);
  for (const token of asked) if (!seen.has(token)) seen.set(token, at);
}
