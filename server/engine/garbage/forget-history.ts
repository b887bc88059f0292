import type { RunId } from "@/lib/ids";
import type { Collector } from "@/server/engine/garbage/collector";
import { deleteOldEvents, deleteOldIntents, forgetRun, readForgettable } from "@/server/store/history";

const dayMs = 86_400_000;
const runsAtOnce = 100;
const eventsAtOnce = 5000;
/** Batches of one look; the next look goes on. */
const mostBatches = 20;

/** Rows that were deleted. */
export type Forgotten = { readonly runs: number; readonly events: number; readonly cycles: number };

/**
 * Deletes what is older than the history that is kept: runs whose files are all gone, with their logs, attempts and events;
 * events of runs that stay; cycles. In batches, so that nothing waits for it.
 */
export async function forgetHistory(collector: Collector): Promise<Forgotten> {
  const { db, policy } = collector;
  const before = new Date(collector.now().getTime() - policy.rowsDays * dayMs);
  const sum = { runs: 0, events: 0, cycles: await deleteOldIntents(db, before) };
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const runs = await readForgettable(db, before, runsAtOnce);
    let gone = 0;
    for (const run of runs) if (await forgetWhole(collector, run, before)) gone += 1;
    sum.runs += gone;
    if (gone < runsAtOnce) break;
  }
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const gone = await deleteOldEvents(db, before, eventsAtOnce);
    sum.events += gone;
    if (gone < eventsAtOnce) break;
  }
  return sum;
}

/**
 * Forgets a run, then removes its folders: one that somebody wants again meanwhile keeps them. A site that does not answer is
 * found out before, since nothing names the folder afterwards.
 * @returns whether it is forgotten; when not, the next look tries again
 */
async function forgetWhole(
  collector: Collector,
  { id, sites }: { readonly id: RunId; readonly sites: readonly string[] },
  before: Date,
): Promise<boolean> {
  const places = collector.sites
    .filter((site) => sites.includes(site.id))
    .map(({ connection, scratchRoot }) => ({ connection, folder: `${scratchRoot}/${id}` }));
  let isForgotten = false;
  try {
    for (const { connection, folder } of places) await connection.realPath(folder);
    isForgotten = await collector.db.transaction((tx) => forgetRun(tx, id, before));
    if (isForgotten) for (const { connection, folder } of places) await connection.remove(folder);
  } catch (error) {
    collector.log.warn({ err: error, runId: id, isForgotten }, "the folder of an old run was not removed");
  }
  return isForgotten;
}
