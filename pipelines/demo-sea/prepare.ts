import { latestSynopticCycle } from "@/lib/cycle/cycle-point";
import type { RunInput } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { demoSeaInput } from "@/pipelines/demo-sea/input";
import { mapEveryHours, planDemoSea } from "@/pipelines/demo-sea/product";

/**
 * Completes a request to the run's input: the cycle and the product it will fill.
 * @throws {NereusError} duration-too-long, input-invalid
 */
export function prepareDemoSea(request: RunInput, context: PrepareContext): RunInput {
  const { hours, hoursBefore } = demoSeaInput.parse(request);
  if (hours > context.limits.hours)
    throw new NereusError("duration-too-long", { hours, limitHours: context.limits.hours });
  const cycle = context.cycle ?? latestSynopticCycle(new Date(context.nowUtc));
  const start = new Date(`${cycle.slice(0, 13)}:00:00Z`);
  if (Number.isNaN(start.valueOf()))
    throw new NereusError("input-invalid", { field: "cycle", problem: `“${cycle}” is not like 2026-07-01T00Z.` });
  return { hours, hoursBefore, mapEveryHours, cycle, product: planDemoSea(start, hours) };
}
