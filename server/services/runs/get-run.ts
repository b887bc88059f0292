import type { RunView } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import { asId, type RunId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { forecastRuns, progressOf } from "@/server/services/runs/forecast-runs";
import { readRunView } from "@/server/store/run-view";

/** @throws {NereusError} run-unknown */
export async function getRun(ctx: ServiceContext, runId: string): Promise<RunView> {
  const view = await readRunView(ctx.db, asId<RunId>(runId));
  if (view === null) throw new NereusError("run-unknown", { run: runId });
  const forecasts = await forecastRuns(ctx, [{ ...view, progress: progressOf(view) }]);
  return { ...view, forecast: forecasts.get(view.id) ?? null };
}
