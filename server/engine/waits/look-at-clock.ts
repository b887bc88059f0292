import { instantOf } from "@/lib/cycle/cycle-point";
import { shiftInstant } from "@/lib/cycle/shift-instant";
import { NereusError } from "@/lib/errors";
import type { ClockWatch } from "@/lib/pipeline/sensor";
import type { Look, WaitScene } from "@/server/engine/waits/look";

/** Waits for a moment. @throws {NereusError} watch-invalid */
export function lookAtClock(scene: WaitScene, watch: ClockWatch): Look {
  const at = momentOf(scene, watch);
  if (at.getTime() > scene.now.getTime())
    return { kind: "wait", dueAt: at, reason: `it waits for ${at.toISOString()}` };
  return { kind: "found", record: { at: at.toISOString() } };
}

function momentOf({ run, node }: WaitScene, watch: ClockWatch): Date {
  if (watch.for === "time") return new Date(watch.at);
  if (watch.since === "start") return shiftInstant(run.createdAt, watch.offset);
  if (run.cycle !== null) return shiftInstant(instantOf(run.cycle), watch.offset);
  throw new NereusError("watch-invalid", { node: node.id, problem: "its run has no cycle to count from" });
}
