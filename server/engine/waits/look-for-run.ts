import { shiftCycle } from "@/lib/cycle/shift-instant";
import { isTerminalRun } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type PipelineId } from "@/lib/ids";
import type { RunWatch } from "@/lib/pipeline/sensor";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { findRunOfCycle } from "@/server/store/run";
import { cycleKey } from "@/server/store/wait";

/** The end of a run wakes what waits for it; these looks are for what that missed, and for states on the way. */
const everySeconds = { first: 1, end: 60, state: 5 };

/** Waits for the run of another pipeline to come to a state. @throws {NereusError} watch-invalid */
export async function lookForRun({ engine, run, node, now, wait }: WaitScene, watch: RunWatch): Promise<Look> {
  const { pipeline, offset, states } = watch;
  if (run.cycle === null)
    throw new NereusError("watch-invalid", { node: node.id, problem: "its run has no cycle to count from" });
  const cycle = shiftCycle(run.cycle, offset);
  const other = await findRunOfCycle(engine.db, asId<PipelineId>(pipeline), cycle);
  if (other !== null && states.includes(other.state)) {
    const { id, state, completeness, input } = other;
    return { kind: "found", record: { runId: id, pipeline, cycle, state, completeness, input } };
  }
  const isOnlyEnd = states.every(isTerminalRun);
  // It may have ended between this look and the note of what wakes it.
  const { first, end, state } = everySeconds;
  const dueAt = secondsAfter(now, wait.key === null ? first : isOnlyEnd ? end : state);
  const reason = `${pipeline} ${cycle} is ${other?.state ?? "not there"}; it waits for ${states.join(" or ")}`;
  return { kind: "wait", dueAt, key: cycleKey(pipeline, cycle), reason };
}
