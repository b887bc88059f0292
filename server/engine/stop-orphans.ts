import type { Engine, Site } from "@/server/engine/engine";
import { forgetAttempt } from "@/server/engine/watch-attempt";
import type { JobHandle } from "@/server/executors/runner";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { type AttemptRow, readOrphanAttempts, updateAttempt } from "@/server/store/attempt";

type AttemptKey = Pick<AttemptRow, "id" | "token" | "scratch" | "jobId">;

const graceSeconds = 5;
const stoppedAtOnce = 4;

/** Stops the jobs of attempts whose task has ended without them, such as those of a cancelled run. */
export async function stopOrphans(engine: Engine, site: Site): Promise<void> {
  const orphans = (await readOrphanAttempts(engine.db, site.id)).filter(({ id }) => !engine.memory.busy.has(id));
  await mapConcurrently(orphans, stoppedAtOnce, (attempt) => stopAttempt(engine, site, attempt));
}

/** Stops one job and fences its attempt; a site that does not answer is asked again by the next look. */
export async function stopAttempt(engine: Engine, site: Site, attempt: AttemptKey): Promise<void> {
  try {
    const handle = await findHandle(site, attempt);
    if (handle !== null) await site.runner.cancel(handle, graceSeconds);
  } catch (error) {
    engine.log.warn({ err: error, attemptId: attempt.id }, "a job was not stopped; it is tried again");
    return;
  }
  forgetAttempt(engine, attempt.id);
  await engine.db.transaction((tx) => updateAttempt(tx, attempt.id, { state: "fenced", endedAt: engine.now() }));
  engine.wakeStart();
}

/** The job of an attempt: as it was noted, else as the site knows it by its token. */
export async function findHandle(site: Site, attempt: AttemptKey): Promise<JobHandle | null> {
  const { token, scratch, jobId } = attempt;
  if (jobId !== null) return { token, scratch, jobId };
  const [found] = await site.runner.findByToken([{ token, scratch }]);
  return found ?? null;
}
