import { type Changes, type DagEvent, isNoChange, noChanges } from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import { isTerminalRun } from "@/lib/dag/state";
import type { AttemptId, RunId } from "@/lib/ids";
import type { Engine } from "@/server/engine/engine";
import { readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { applyChanges } from "@/server/store/apply-changes";
import { type FinishedFile, insertArtifacts } from "@/server/store/artifact";
import { type AttemptRow, fenceAttempt, type LiveAttempt, updateAttempt } from "@/server/store/attempt";
import { loadDagState } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import type { NewEvent } from "@/server/store/event";
import { lockRun, type RunRow } from "@/server/store/run";

/** What an attempt reports of its task. */
export type AttemptReport = {
  readonly attemptId: AttemptId;
  readonly event:
    | { readonly kind: "artifacts" | "completed"; readonly files: readonly FinishedFile[] }
    | { readonly kind: "failed" | "crashed"; readonly reason: string }
    | { readonly kind: "interrupted" };
  /** What becomes of the attempt's own row. */
  readonly attempt: Partial<AttemptRow>;
};

/**
 * One transition of a run: lock, load, decide, write, commit. Reports of an attempt that may no longer speak for its
 * task change nothing.
 */
export async function transition(
  engine: Engine,
  runId: RunId,
  what: { readonly event: DagEvent } | { readonly report: AttemptReport },
): Promise<Changes> {
  const done = await engine.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === null || isTerminalRun(run.state)) return null;
    const told = "report" in what ? await takeReport(engine, tx, what.report) : { event: what.event };
    return told === null ? null : { run, changes: await advance(engine, tx, { run, told }) };
  });
  if (done === null) return noChanges;
  const { changes, run } = done;
  const slotFreed = "report" in what && what.report.event.kind !== "artifacts";
  if (slotFreed || changes.newTasks.length > 0) engine.wakeStart();
  if (changes.run !== null && isTerminalRun(changes.run.state)) await afterEnd(engine, run, changes);
  return changes;
}

type Told = { readonly event: DagEvent; readonly attempt?: LiveAttempt; readonly events?: readonly NewEvent[] };

async function advance(engine: Engine, tx: Tx, what: { readonly run: RunRow; readonly told: Told }): Promise<Changes> {
  const { run, told } = what;
  const { graph } = await readPinnedPipeline(tx, run.versionHash);
  const taskId = told.attempt?.taskId ?? null;
  const state = await loadDagState(tx, run, { graph, taskId, event: told.event });
  const changes = decide(state, told.event);
  const events = told.events ?? [];
  if (!isNoChange(changes) || events.length > 0) {
    await applyChanges(tx, run.id, { changes, graph, at: engine.now(), events });
  }
  return changes;
}

async function takeReport(engine: Engine, tx: Tx, report: AttemptReport): Promise<Told | null> {
  const attempt = await fenceAttempt(tx, report.attemptId);
  if (attempt === null) return null;
  if (Object.keys(report.attempt).length > 0) await updateAttempt(tx, attempt.id, report.attempt);
  const { event } = report;
  if (!("files" in event)) return { event, attempt };
  const made = await insertArtifacts(tx, attempt, { files: event.files, at: engine.now() });
  const artifacts = made.map(({ id, nodeId, path, key }) => ({ id, nodeId, path, key }));
  const events = made.map(({ id, path, sizeBytes }): NewEvent => {
    const data = { artifactId: id, path, sizeBytes };
    return { kind: "artifact-committed", nodeId: attempt.nodeId, taskId: attempt.taskId, data };
  });
  return { event: { kind: event.kind, artifacts }, attempt, events };
}

/** A failure here does not undo the end of the run: the next reconcile repairs it. */
async function afterEnd(engine: Engine, run: RunRow, changes: Changes): Promise<void> {
  engine.log.info({ runId: run.id, state: changes.run?.state, reason: changes.run?.reason }, "run ended");
  if (changes.cancelOpenTasks) engine.wakePoll();
  try {
    await engine.products.settle(run.id, run.generation);
  } catch (error) {
    engine.log.error({ err: error, runId: run.id }, "products of an ended run were not settled");
  }
}
