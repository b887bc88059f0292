import type { Engine, Site } from "@/server/engine/engine";
import { finishAttempt } from "@/server/engine/finish-attempt";
import { pollSite } from "@/server/engine/poll-site";
import { findHandle } from "@/server/engine/stop-orphans";
import { transition } from "@/server/engine/transition";
import { forgetAttempt } from "@/server/engine/watch-attempt";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { type LiveAttempt, readLiveAttempts } from "@/server/store/attempt";

const graceSeconds = 3;
const stoppedAtOnce = 8;

/**
 * An orderly stop: what has ended is taken in, jobs on this machine end with it, their attempts are interrupted without
 * counting, and their tasks are ready again. Jobs elsewhere go on and are found again by their token.
 */
export async function stopEngine(engine: Engine): Promise<void> {
  engine.memory.stopping = true;
  const states = ["staging", "submitted", "running"] as const;
  for (const site of engine.sites) {
    if (site.runner.name !== "process") continue;
    await pollSite(engine, site);
    // Starts leave looks of their own behind.
    while (engine.memory.looks.size > 0) await Promise.all(engine.memory.looks);
    const attempts = await readLiveAttempts(engine.db, { site: site.id, workerId: engine.workerId, states });
    await mapConcurrently(attempts, stoppedAtOnce, (attempt) => interrupt(engine, site, attempt));
  }
  for (const attemptId of [...engine.memory.watches.keys()]) forgetAttempt(engine, attemptId);
}

/** What must not be done again ends as it is; anything else is ready for the next worker. */
async function interrupt(engine: Engine, site: Site, attempt: LiveAttempt): Promise<void> {
  const handle = await findHandle(site, attempt);
  if (handle !== null) {
    await site.runner.cancel(handle, graceSeconds);
    const [status] = await site.runner.poll([handle]);
    if (status?.state === "ended" && status.sentinel.isFinal)
      return finishAttempt(engine, site, { attempt, sentinel: status.sentinel });
  }
  const end = { state: "interrupted", endedAt: engine.now() } as const;
  const report = { attemptId: attempt.id, event: { kind: "interrupted" }, attempt: end } as const;
  await transition(engine, attempt.runId, { report });
}
