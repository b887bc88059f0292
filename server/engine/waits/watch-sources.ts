import { shiftCycle } from "@/lib/cycle/shift-instant";
import { isTerminalRun } from "@/lib/dag/state";
import type { Engine } from "@/server/engine/engine";
import { readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { transition } from "@/server/engine/transition";
import { secondsAfter } from "@/server/engine/waits/look";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { findRun } from "@/server/store/run";
import { findUsableRun, isUnderWay, noteSource, type SourceRow, takeDueSources } from "@/server/store/run-source";

const mostTaken = 500;
const lookedAtOnce = 4;
const leaseMs = 60_000;
/** The end of the other run wakes this one; while it goes on, its nodes are looked at, seconds. */
const everySeconds = { underWay: 5, absent: 60 };

/**
 * Looks for the other runs that inputs wait for, and lets the runs go on whose input was found or comes no more.
 * @returns whether there may be more to look for
 */
export async function watchSources(engine: Engine): Promise<boolean> {
  const now = engine.now();
  const due = await takeDueSources(engine.db, { now, lease: new Date(now.getTime() + leaseMs), most: mostTaken });
  await mapConcurrently(due, lookedAtOnce, async (row) => {
    const note = await lookForSource(engine, row, now);
    await noteSource(engine.db, row.id, note);
    // When this is missed, the next reconcile finds a node that waits for nothing more.
    if (note.sourceRunId !== null || note.isExpired)
      await transition(engine, row.runId, { event: { kind: "reconcile" } });
  });
  return due.length === mostTaken;
}

type Note = Parameters<typeof noteSource>[2];

async function lookForSource(engine: Engine, row: SourceRow, now: Date): Promise<Note> {
  const { db } = engine;
  const { sourceRunId, isSubstitute, isExpired, deadlineAt, pipelineId, cycle } = row;
  const rest = { sourceRunId, isSubstitute, isExpired, dueAt: null };
  const run = await findRun(db, row.runId);
  if (run === null || isTerminalRun(run.state)) return rest;
  const { graph } = await readPinnedPipeline(db, run.versionHash);
  const input = graph.byId.get(row.nodeId)?.inputs.find(({ name }) => name === row.input);
  if (input === undefined) return rest;
  const usable = input.acceptPartial ? (["completed", "partial"] as const) : (["completed"] as const);
  const wanted = { pipelineId, nodeId: input.node, states: usable, to: cycle };
  const exact = await findUsableRun(db, { ...wanted, from: cycle });
  if (exact !== null) return { ...rest, sourceRunId: exact };
  if (deadlineAt !== null && now.getTime() >= deadlineAt.getTime()) {
    const window = input.patience?.window;
    const from = window === undefined ? null : shiftCycle(cycle, `-${window}`);
    const older = from === null ? null : await findUsableRun(db, { ...wanted, from });
    return older === null ? { ...rest, isExpired: true } : { ...rest, sourceRunId: older, isSubstitute: true };
  }
  const { underWay, absent } = everySeconds;
  const dueAt = secondsAfter(now, (await isUnderWay(db, pipelineId, cycle)) ? underWay : absent);
  return { ...rest, dueAt: deadlineAt !== null && deadlineAt.getTime() < dueAt.getTime() ? deadlineAt : dueAt };
}
