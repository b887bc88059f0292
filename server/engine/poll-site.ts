import { assertNever } from "@/lib/assert-never";
import { blameOf } from "@/lib/dag/failure-class";
import { isNereusError, NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import { classOfError, detailOf, isUnreachable } from "@/server/engine/classify-failure";
import { closeScratch } from "@/server/engine/close-scratch";
import type { Engine, Site } from "@/server/engine/engine";
import { commitStreamed, finishAttempt } from "@/server/engine/finish-attempt";
import { stopOrphans } from "@/server/engine/stop-orphans";
import { type FailedAttempt, transition } from "@/server/engine/transition";
import { forgetAttempt } from "@/server/engine/watch-attempt";
import type { JobStatus } from "@/server/executors/runner";
import { type LiveAttempt, readLiveAttempts, updateAttempt } from "@/server/store/attempt";
import { setQueueReason } from "@/server/store/queue-reason";

/** The site said this often in a row that it knows nothing of the job (EXECUTION rule C7). */
const missesUntilLost = 3;
/** A result that cannot be taken in after this many looks is given up. */
const mostTroubles = 10;

/** Starts one look at each job of a site; returns how many are live. */
export async function pollSite(engine: Engine, site: Site): Promise<number> {
  const { workerId } = engine;
  const states = ["submitted", "running"] as const;
  await stopOrphans(engine, site);
  const attempts = await readLiveAttempts(engine.db, { site: site.id, workerId, states });
  const free = attempts.filter(({ id }) => !engine.memory.busy.has(id));
  if (free.length === 0) return attempts.length;
  const handles = free.map(({ token, scratch, jobId }) => ({ token, scratch, jobId: jobId ?? "" }));
  const statuses = await site.runner.poll(handles);
  for (const [index, attempt] of free.entries()) {
    const status = statuses[index];
    if (status) startLook(engine, site, { attempt, status });
  }
  return attempts.length;
}

/** Not waited for: hashing a large file of one attempt holds up no other. */
function startLook(engine: Engine, site: Site, pair: Pair): void {
  const { looks } = engine.memory;
  const look = lookAt(engine, site, pair)
    .catch((error: unknown) => engine.log.error({ err: error, attemptId: pair.attempt.id }, "a look failed"))
    .finally(() => looks.delete(look));
  looks.add(look);
}

type Pair = { readonly attempt: LiveAttempt; readonly status: JobStatus };

async function lookAt(engine: Engine, site: Site, pair: Pair): Promise<void> {
  const { busy, dirty, troubles } = engine.memory;
  const { id } = pair.attempt;
  let toldAgain = false;
  if (busy.has(id)) return;
  busy.add(id);
  try {
    await act(engine, site, pair);
    troubles.delete(id);
    // News that came during this look was passed over because the attempt was busy.
    toldAgain = pair.status.state === "running" && dirty.has(id);
  } catch (error) {
    await handleTrouble(engine, pair.attempt, error);
  } finally {
    busy.delete(id);
    if (toldAgain) engine.wakePoll();
  }
}

async function act(engine: Engine, site: Site, { attempt, status }: Pair): Promise<void> {
  switch (status.state) {
    case "queued":
      if (status.reason !== null) await noteQueue(engine, attempt, status.reason);
      break;
    case "running":
      // A worker that has started since does not remember what the queue said.
      if (engine.memory.queueReasons.has(attempt.id) || (attempt.state === "submitted" && site.runner.name === "slurm"))
        await noteQueue(engine, attempt, null);
      if (attempt.state === "submitted") await noteRunning(engine, attempt, new Date(status.startedAtMs));
      if (attempt.misses > 0) await setMisses(engine, attempt, 0);
      await commitStreamed(engine, site, attempt);
      break;
    case "ended":
      await finishAttempt(engine, site, { attempt, sentinel: status.sentinel });
      forgetAttempt(engine, attempt.id);
      break;
    case "broken":
      await noteBroken(engine, site, { attempt, status });
      break;
    case "missing":
      await noteMissing(engine, site, attempt);
      break;
    default:
      assertNever(status);
  }
}

/** What the queue says is written when it changes: "Priority", "Resources", with its own estimate of the start. */
async function noteQueue(engine: Engine, attempt: LiveAttempt, reason: string | null): Promise<void> {
  const { queueReasons } = engine.memory;
  if (reason !== null && queueReasons.get(attempt.id) === reason) return;
  await engine.db.transaction((tx) => setQueueReason(tx, attempt, reason));
  if (reason === null) queueReasons.delete(attempt.id);
  else queueReasons.set(attempt.id, reason);
}

async function noteRunning(engine: Engine, attempt: LiveAttempt, startedAt: Date): Promise<void> {
  await engine.tell({ kind: "running", runId: attempt.runId, attemptId: attempt.id, startedAt });
}

const setMisses = (engine: Engine, attempt: LiveAttempt, misses: number): Promise<void> =>
  engine.db.transaction((tx) => updateAttempt(tx, attempt.id, { misses }));

/** What the site ended, or will never start; nothing of it may go on. */
async function noteBroken(
  engine: Engine,
  site: Site,
  { attempt, status }: { readonly attempt: LiveAttempt; readonly status: Extract<JobStatus, { state: "broken" }> },
): Promise<void> {
  const { failure, reason: said, host = null } = status;
  await closeScratch(site, attempt);
  const fields = { node: attempt.nodeId, site: site.id, failure, reason: said };
  const reason = renderError(new NereusError("job-broken", fields), "en");
  await giveUp(engine, attempt, { kind: "failed", failure, reason, detail: said, host });
}

async function noteMissing(engine: Engine, site: Site, attempt: LiveAttempt): Promise<void> {
  if (attempt.misses + 1 < missesUntilLost) {
    await setMisses(engine, attempt, attempt.misses + 1);
    return;
  }
  await closeScratch(site, attempt);
  const reason = renderError(new NereusError("task-lost", { node: attempt.nodeId, site: site.id }), "en");
  await giveUp(engine, attempt, { kind: "failed", failure: "lost", reason });
}

/**
 * An expected failure ends the task with its sentence; anything else is looked at again, then counted as a crash. A site or
 * a database that cannot be asked says nothing about the attempt, however often.
 */
async function handleTrouble(engine: Engine, attempt: LiveAttempt, error: unknown): Promise<void> {
  const { troubles } = engine.memory;
  const isAway = isUnreachable(error);
  const count = (troubles.get(attempt.id) ?? 0) + (isAway ? 0 : 1);
  troubles.set(attempt.id, count);
  engine.log.warn({ err: error, runId: attempt.runId, attemptId: attempt.id, count }, "an attempt was not taken in");
  const isFinal = isNereusError(error) && !error.retryable;
  if (isAway || (!isFinal && count < mostTroubles)) return;
  const reason = renderError(error, "en", { reference: attempt.id });
  const failure = isFinal ? "output" : classOfError(error);
  await giveUp(engine, attempt, { kind: "failed", failure, reason, detail: detailOf(error) });
}

async function giveUp(engine: Engine, attempt: LiveAttempt, event: FailedAttempt): Promise<void> {
  const state = blameOf(event.failure) === "failed" ? "ended" : "lost";
  const report = { attemptId: attempt.id, event, attempt: { state, endedAt: engine.now() } } as const;
  await transition(engine, attempt.runId, { report });
  forgetAttempt(engine, attempt.id);
}
