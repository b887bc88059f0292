import { isNereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import { type Engine, leaseUntil, type Site } from "@/server/engine/engine";
import { noteSubmitted } from "@/server/engine/note-submitted";
import { prepareAttempt } from "@/server/engine/prepare-attempt";
import { transition } from "@/server/engine/transition";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import type { AttemptRow } from "@/server/store/attempt";
import { type ClaimedTask, claimReadyTasks, readPoolsWithReadyTasks } from "@/server/store/task";

const startedAtOnce = 4;
const pools = ["light", "compute"] as const;

/** Starts ready tasks of every pool until the slots or the tasks run out; true when it started any. */
export async function startReady(engine: Engine): Promise<boolean> {
  let started = false;
  const ready = await readPoolsWithReadyTasks(engine.db);
  for (const site of engine.sites) {
    for (const pool of pools.filter((name) => ready.has(name))) {
      if (engine.memory.stopping) return started;
      const claimed = await claim(engine, site, pool);
      started ||= claimed.length > 0;
      await mapConcurrently(claimed, startedAtOnce, (one) => start(engine, site, one));
    }
  }
  return started;
}

async function claim(engine: Engine, site: Site, pool: "compute" | "light"): Promise<readonly ClaimedTask[]> {
  const claimed = await engine.db.transaction((tx) =>
    claimReadyTasks(tx, {
      site: site.id,
      scratchRoot: site.scratchRoot,
      pool,
      slots: site.pools[pool],
      workerId: engine.workerId,
      now: engine.now(),
      leaseUntil: leaseUntil(engine),
    }),
  );
  for (const { attempt } of claimed) engine.memory.busy.add(attempt.id);
  return claimed;
}

async function start(engine: Engine, site: Site, claimed: ClaimedTask): Promise<void> {
  const { attempt } = claimed;
  try {
    const job = await prepareAttempt(engine, site, claimed);
    const handle = await site.runner.submit(job);
    await noteSubmitted(engine, site, { attempt, handle });
  } catch (error) {
    await failStart(engine, site, { attempt, error });
  } finally {
    engine.memory.busy.delete(attempt.id);
    engine.wakePoll();
  }
}

/** Whether anything was started is asked of the site before anything else is done. */
async function failStart(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRow; readonly error: unknown },
): Promise<void> {
  const { attempt, error } = what;
  engine.log.warn({ err: error, runId: attempt.runId, taskId: attempt.taskId }, "an attempt did not start");
  const [found] = await site.runner.findByToken([attempt]);
  if (found) {
    await noteSubmitted(engine, site, { attempt, handle: found });
    return;
  }
  const expected = isNereusError(error) && !error.retryable;
  const reason = renderError(error, "en", { reference: attempt.id });
  await transition(engine, attempt.runId, {
    report: {
      attemptId: attempt.id,
      event: { kind: expected ? "failed" : "crashed", reason },
      attempt: { state: expected ? "ended" : "lost", endedAt: engine.now() },
    },
  });
}
