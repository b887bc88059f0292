import type { Engine } from "@/server/engine/engine";
import { transition } from "@/server/engine/transition";
import { readDueTasks, readNextDue, takeDueDeadlines } from "@/server/store/deadline";

/** Longest sleep: a wait that another process has written is noticed by then, ms. */
const longestSleepMs = 5000;

/**
 * Makes ready what has waited long enough, and lets runs go on whose inputs have a deadline that has passed.
 * @returns ms until the next of either
 */
export async function wakeDue(engine: Engine): Promise<number> {
  const now = engine.now();
  for (const [runId, taskIds] of await readDueTasks(engine.db, now))
    await transition(engine, runId, { event: { kind: "due", taskIds } });
  for (const runId of await takeDueDeadlines(engine.db, now))
    await transition(engine, runId, { event: { kind: "reconcile" } });
  const next = await readNextDue(engine.db);
  if (next === null) return longestSleepMs;
  return Math.min(longestSleepMs, Math.max(0, next.getTime() - engine.now().getTime()));
}
