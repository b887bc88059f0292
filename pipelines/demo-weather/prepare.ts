import type { RunInput } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import type { PrepareContext } from "@/lib/pipeline/pipeline-module";
import { demoWeatherInput } from "@/pipelines/demo-weather/input";
import { planDemoWeather } from "@/pipelines/demo-weather/product";

/**
 * Completes a request to the run's input: the cycle and the product it will fill. Without a nominal cycle (a run asked
 * for by hand) it is the last 00, 06, 12 or 18 UTC.
 * @throws {NereusError} duration-too-long, input-invalid
 */
export function prepareDemoWeather(request: RunInput, context: PrepareContext): RunInput {
  const { hours } = demoWeatherInput.parse(request);
  if (hours > context.limits.hours)
    throw new NereusError("duration-too-long", { hours, limitHours: context.limits.hours });
  const cycle = context.cycle ?? lastCycle(context.nowUtc);
  const start = new Date(`${cycle.slice(0, 13)}:00:00Z`);
  if (Number.isNaN(start.valueOf()))
    throw new NereusError("input-invalid", { field: "cycle", problem: `“${cycle}” is not like 2026-07-01T00Z.` });
  return { hours, cycle, product: planDemoWeather(start, hours) };
}

function lastCycle(nowUtc: string): string {
  const now = new Date(nowUtc);
  now.setUTCHours(now.getUTCHours() - (now.getUTCHours() % 6));
  return `${now.toISOString().slice(0, 13)}Z`;
}
