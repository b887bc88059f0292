import { isNereusError } from "@/lib/errors";
import { closeScratch } from "@/server/engine/close-scratch";
import { type Engine, leaseUntil, type Site } from "@/server/engine/engine";
import { noteSubmitted } from "@/server/engine/note-submitted";
import { transition } from "@/server/engine/transition";
import { watchAttempt } from "@/server/engine/watch-attempt";
import { leaseAttempts, readLiveAttempts } from "@/server/store/attempt";
import { listUnsettledRuns } from "@/server/store/product";
import { listCancelRequested, listStuckRuns } from "@/server/store/run";

/**
 * Repairs from stored state whatever an event missed: at start and every 30 s. Wanted cancellations, attempts of dead
 * workers, attempts of which nobody knows whether they were submitted, and nodes that could go on.
 */
export async function reconcile(engine: Engine): Promise<void> {
  await cancelRequested(engine);
  await renewLeases(engine);
  for (const site of engine.sites) {
    await settleDoubts(engine, site).catch((error: unknown) => {
      if (!isNereusError(error)) throw error;
      engine.log.warn({ err: error, site: site.id }, "a site was not asked for doubtful jobs; the next look does");
    });
  }
  for (const runId of await listStuckRuns(engine.db)) await transition(engine, runId, { event: { kind: "reconcile" } });
  engine.wakeStart();
  engine.wakePoll();
}

/** Ends the runs that somebody asked to end; their jobs are stopped by the next look at the site. */
export async function cancelRequested(engine: Engine): Promise<void> {
  for (const { id, reason } of await listCancelRequested(engine.db)) {
    await transition(engine, id, { event: { kind: "cancel", reason } });
  }
  engine.wakePoll();
}

/** How far back an end is looked for that was not followed by labels on its products, ms. */
const unsettledMs = 3_600_000;

/** Labels the products of runs that an operator brought to their end, which happens without a worker. */
export async function settleEnded(engine: Engine): Promise<void> {
  const since = new Date(engine.now().getTime() - unsettledMs);
  for (const { runId, generation } of await listUnsettledRuns(engine.db, since))
    await engine.products.settle(runId, generation);
}

/** Renews the leases of this worker's attempts and takes over those of workers that are gone. */
export async function renewLeases(engine: Engine): Promise<void> {
  for (const site of engine.sites) {
    const lease = { site: site.id, workerId: engine.workerId, now: engine.now(), until: leaseUntil(engine) };
    const attempts = await leaseAttempts(engine.db, lease);
    for (const attempt of attempts) if (attempt.jobId !== null) watchAttempt(engine, site, attempt);
  }
}

/**
 * A worker died between writing the token and noting the job: the site is asked before anything is started again. One
 * that this worker has just claimed looks the same for an instant, so it takes two looks, but for the first of a worker.
 */
async function settleDoubts(engine: Engine, site: Site): Promise<void> {
  const { workerId, memory } = engine;
  const attempts = await readLiveAttempts(engine.db, { site: site.id, workerId, states: ["staging"] });
  const seen = memory.doubts.get(site.id);
  const idle = attempts.filter(({ id }) => !memory.busy.has(id));
  memory.doubts.set(site.id, new Set(idle.map(({ id }) => id)));
  const doubtful = seen === undefined ? idle : idle.filter(({ id }) => seen.has(id));
  if (doubtful.length === 0) return;
  const found = await site.runner.findByToken(doubtful);
  for (const [index, attempt] of doubtful.entries()) {
    const handle = found[index];
    if (handle) await noteSubmitted(engine, site, { attempt, handle });
    else {
      await closeScratch(site, attempt);
      const lost = { state: "lost", endedAt: engine.now() } as const;
      const report = { attemptId: attempt.id, event: { kind: "interrupted" }, attempt: lost } as const;
      await transition(engine, attempt.runId, { report });
    }
  }
}
