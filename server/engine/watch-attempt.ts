import type { Engine, Site } from "@/server/engine/engine";
import type { AttemptRow } from "@/server/store/attempt";

/** Lets the site tell when the attempt made a file or ended, where it can; polling finds out all the same. */
export function watchAttempt(engine: Engine, site: Site, attempt: Pick<AttemptRow, "id" | "scratch">): void {
  const { dirty, watches } = engine.memory;
  if (watches.has(attempt.id) || engine.memory.stopping) return;
  dirty.add(attempt.id);
  const stop = site.runner.watch?.(attempt.scratch, () => {
    dirty.add(attempt.id);
    engine.wakePoll();
  });
  watches.set(attempt.id, stop ?? (() => undefined));
}

/** Forgets an attempt that has ended. */
export function forgetAttempt(engine: Engine, attemptId: string): void {
  const { dirty, sightings, watches, troubles, queueReasons } = engine.memory;
  watches.get(attemptId)?.();
  watches.delete(attemptId);
  dirty.delete(attemptId);
  sightings.delete(attemptId);
  troubles.delete(attemptId);
  queueReasons.delete(attemptId);
}
