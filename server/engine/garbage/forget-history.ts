import type { RunId } from "@/lib/ids";
import type { Collector } from "@/server/engine/garbage/collector";
import { deleteOldEvents, deleteOldIntents, deleteRuns, readForgettable } from "@/server/store/history";

const dayMs = 86_400_000;
const runsAtOnce = 100;
const eventsAtOnce = 5000;
/** Batches of one look; the next look goes on. */
const mostBatches = 20;

/** Rows that were deleted. */
export type Forgotten = { readonly runs: number; readonly events: number; readonly cycles: number };

/**
 * Deletes what is older than the history that is kept: runs whose files are all gone, with their logs, attempts and events;
 * events of runs that stay; cycles. In batches, so that nothing waits for it. Folders go before the rows that name them.
 */
export async function forgetHistory(collector: Collector): Promise<Forgotten> {
  const { db, policy } = collector;
  const before = new Date(collector.now().getTime() - policy.rowsDays * dayMs);
  const sum = { runs: 0, events: 0, cycles: await deleteOldIntents(db, before) };
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const runs = await readForgettable(db, before, runsAtOnce);
    const cleared = await clearFolders(collector, runs);
    if (cleared.length > 0) await db.transaction((tx) => deleteRuns(tx, cleared));
    sum.runs += cleared.length;
    if (cleared.length < runsAtOnce) break;
  }
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const gone = await deleteOldEvents(db, before, eventsAtOnce);
    sum.events += gone;
    if (gone < eventsAtOnce) break;
  }
  return sum;
}

/** @returns the runs whose folders are gone at every site; the others are tried again by the next look */
async function clearFolders(
  collector: Collector,
  runs: readonly { readonly id: RunId; readonly sites: readonly string[] }[],
): Promise<readonly RunId[]> {
  const cleared: RunId[] = [];
  for (const { id, sites } of runs) {
    try {
      for (const site of collector.sites.filter((one) => sites.includes(one.id)))
        await site.connection.remove(`${site.scratchRoot}/${id}`);
      cleared.push(id);
    } catch (error) {
      collector.log.warn({ err: error, runId: id }, "the folder of an old run was not removed; it is tried again");
    }
  }
  return cleared;
}
