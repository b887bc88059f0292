import { shiftCycle } from "@/lib/cycle/shift-instant";
import { isTerminalRun } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type PipelineId } from "@/lib/ids";
import type { RunWatch } from "@/lib/pipeline/sensor";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { findRunOfCycle } from "@/server/store/run";
import { cycleKey } from "@/server/store/wait";

/** The end of a run wakes what waits for it; these looks are for what that missed, and for states on the way. */
const everySeconds = { end: 60, state: 5 };

/** Waits for the run of another pipeline to come to a state. @throws {NereusError} watch-invalid */
export async function lookForRun({ engine, run, node, now }: WaitScene, watch: RunWatch): Promise<Look> {
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
  const dueAt = secondsAfter(now, isOnlyEnd ? everySeconds.end : everySeconds.state);
  const reason = `${pipeline} ${cycle} is ${other?.state ?? "not there"}; it waits for ${states.join(" or ")}`;
  return { kind: "wait", dueAt, key: cycleKey(pipeline, cycle), reason };
}
