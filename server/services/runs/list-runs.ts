import type { RunSummary } from "@/lib/dag/run-view";
import type { RunState } from "@/lib/dag/state";
import { asId, type PipelineId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { readRunSummaries } from "@/server/store/run-view";

const mostListed = 500;

/** Runs, newest first; at most 500. */
export async function listRuns(
  ctx: ServiceContext,
  filter: { readonly limit: number; readonly pipelineId?: string; readonly state?: RunState },
): Promise<readonly RunSummary[]> {
  const limit = Math.max(1, Math.min(filter.limit, mostListed));
  const pipelineId = filter.pipelineId === undefined ? undefined : asId<PipelineId>(filter.pipelineId);
  return readRunSummaries(ctx.db, { limit, pipelineId, state: filter.state });
}
