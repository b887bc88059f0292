import { type Changes, type DagEvent, isNoChange, noChanges } from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import { blameOf, type FailureClass } from "@/lib/dag/failure-class";
import { isTerminalRun, type RunState } from "@/lib/dag/state";
import type { AttemptId, RunId } from "@/lib/ids";
import { storableText } from "@/lib/storable-text";
import type { Engine } from "@/server/engine/engine";
import { readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { applyChanges } from "@/server/store/apply-changes";
import { type AttemptRow, fenceAttempt, updateAttempt } from "@/server/store/attempt";
import { noteFailure, readFailuresOfTask } from "@/server/store/attempt-failure";
import { loadDagState } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import { findRun, lockRun, setPlanned } from "@/server/store/run";
import { wakeWaiters } from "@/server/store/wait";

/** Why an attempt failed; `detail` is what was said word for word, `host` a node that the next attempt avoids. */
export type FailedAttempt = {
  readonly kind: "failed";
  readonly failure: FailureClass;
  readonly reason: string;
  readonly detail?: string | null;
  readonly host?: string | null;
};

/** That an attempt ended without having done its work. */
export type FailureReport = {
  readonly attemptId: AttemptId;
  readonly event: FailedAttempt | { readonly kind: "interrupted" };
  /** What becomes of the attempt's own row. */
  readonly attempt: Partial<AttemptRow>;
};

/**
 * One transition of a run by the pure planner: lock, load, decide, write, commit. For what is rare: ends without success,
 * what people ask for, nodes that the database does not launch itself. Reports of an attempt that may no longer speak
 * for its task change nothing.
 */
export async function transition(
  engine: Engine,
  runId: RunId,
  what: { readonly event: DagEvent } | { readonly report: FailureReport },
): Promise<Changes> {
  const changes = await engine.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === null) return noChanges;
    const event = "report" in what ? await takeReport(tx, what.report, engine.now()) : what.event;
    if (event === null) return noChanges;
    const { graph } = await readPinnedPipeline(tx, run.versionHash);
    const decided = decide(await loadDagState(tx, run, { graph, event, now: engine.now() }), event);
    if (event.kind === "reconcile") await setPlanned(tx, runId);
    if (!isNoChange(decided)) await applyChanges(tx, run, { changes: decided, graph, at: engine.now() });
    return decided;
  });
  if ("report" in what || changes.newTasks.length > 0 || changes.tasks.length > 0) engine.wakeStart();
  if (changes.tasks.some(({ state }) => state === "waiting")) engine.wakeDue();
  if (changes.newTasks.some(({ state }) => state === "waiting")) engine.wakeWatch();
  if (changes.cancelOpenTasks) engine.wakePoll();
  if (changes.run !== null && isTerminalRun(changes.run.state)) {
    await afterEnd(engine, runId, changes.run);
    await tellWaiters(engine, [runId]);
  }
  return changes;
}

async function takeReport(tx: Tx, report: FailureReport, at: Date): Promise<DagEvent | null> {
  const attempt = await fenceAttempt(tx, report.attemptId);
  if (attempt === null) return null;
  await updateAttempt(tx, attempt.id, report.attempt);
  const { event } = report;
  const { taskId, runId, generation } = attempt;
  if (event.kind === "interrupted") return { kind: "interrupted", taskId };
  const { failure, host = null } = event;
  // Programs and servers say what they like, and a text that is cut may end in half a character.
  const reason = storableText(event.reason);
  const detail = event.detail == null ? null : storableText(event.detail);
  const before = await readFailuresOfTask(tx, { taskId, generation });
  const earlier = before.filter((row) => row.failure === failure).length;
  await noteFailure(tx, { attemptId: attempt.id, runId, taskId, generation, failure, reason, detail, host, at });
  return { kind: blameOf(failure), taskId, reason, failure: { class: failure, earlier } };
}

/** A failure here does not undo the end of the run: the next reconcile repairs it. */
export async function afterEnd(
  engine: Engine,
  runId: RunId,
  end: { readonly state: RunState; readonly reason: string | null },
): Promise<void> {
  engine.log.info({ runId, ...end }, "run ended");
  try {
    await settleProductsOf(engine, runId);
  } catch (error) {
    engine.log.error({ err: error, runId }, "products of an ended run were not settled");
  }
}

async function settleProductsOf(engine: Engine, runId: RunId): Promise<void> {
  const { runs } = engine.memory;
  const run = (await runs.get(runId)?.facts) ?? (await findRun(engine.db, runId));
  runs.delete(runId);
  if (run === null) return;
  const { definition } = await readPinnedPipeline(engine.db, run.versionHash);
  if (definition.products.length > 0) await engine.products.settle(runId, run.productGeneration);
}

/** Wakes what waits for runs that have ended; what this misses is found by a later look. */
export async function tellWaiters(engine: Engine, runs: readonly RunId[]): Promise<void> {
  if (runs.length > 0 && (await wakeWaiters(engine.db, runs, engine.now()))) engine.wakeWatch();
}
