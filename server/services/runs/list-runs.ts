import type { RunSummary } from "@/lib/dag/run-view";
import { isTerminalRun, type RunState } from "@/lib/dag/state";
import { asId, type PipelineId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { forecastRuns } from "@/server/services/runs/forecast-runs";
import { readRunProgress } from "@/server/store/node-durations";
import { readRunSummaries } from "@/server/store/run-view";

const mostListed = 500;
/** Live runs of a list whose end is predicted. */
const mostForecast = 50;

/** Runs, newest first; at most 500. */
export async function listRuns(
  ctx: ServiceContext,
  filter: { readonly limit: number; readonly pipelineId?: string; readonly state?: RunState },
): Promise<readonly RunSummary[]> {
  const limit = Math.max(1, Math.min(filter.limit, mostListed));
  const pipelineId = filter.pipelineId === undefined ? undefined : asId<PipelineId>(filter.pipelineId);
  const runs = await readRunSummaries(ctx.db, { limit, pipelineId, state: filter.state });
  const live = runs.filter((run) => !isTerminalRun(run.state)).slice(0, mostForecast);
  const progress = await readRunProgress(
    ctx.db,
    live.map(({ id }) => id),
  );
  const known = live.flatMap((run) => {
    const of = progress.get(run.id);
    return of === undefined ? [] : [{ ...run, ...of }];
  });
  const forecasts = await forecastRuns(ctx, known);
  return runs.map((run) => ({ ...run, forecast: forecasts.get(run.id) ?? null }));
}
