import { type ExternalRunSummary, externalRunState } from "@/lib/external/external-run";
import type { ServiceContext } from "@/server/services/context";
import { countExternalTasks, type ReportedRun, readExternalRuns } from "@/server/store/external-run";

const mostListed = 500;

/** Runs that other systems report, newest first; at most 500. */
export async function listExternalRuns(
  ctx: Pick<ServiceContext, "db">,
  which: { readonly limit: number },
): Promise<readonly ExternalRunSummary[]> {
  return summarise(ctx, await readExternalRuns(ctx.db, { limit: Math.max(1, Math.min(which.limit, mostListed)) }));
}

/** What a list shows of these runs. */
export async function summarise(
  ctx: Pick<ServiceContext, "db">,
  runs: readonly ReportedRun[],
): Promise<readonly ExternalRunSummary[]> {
  const counts = await countExternalTasks(
    ctx.db,
    runs.map(({ id }) => id),
  );
  return runs.map(({ id, name, reporter, createdAt, updatedAt }) => {
    const count = counts.get(id) ?? new Map();
    const tasksTotal = [...count.values()].reduce((sum, tasks) => sum + tasks, 0);
    const tasksDone = (count.get("FINISHED") ?? 0) + (count.get("FAILED") ?? 0);
    const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    return { id, name, reporter, state: externalRunState(count), tasksTotal, tasksDone, ...times };
  });
}
