import { isTerminalRun } from "@/lib/dag/state";
import { collectRun } from "@/server/engine/garbage/collect-run";
import type { Collector, FreedSum } from "@/server/engine/garbage/collector";
import { type Forgotten, forgetHistory } from "@/server/engine/garbage/forget-history";
import { type JudgedFile, judgeRun, readWanted } from "@/server/engine/garbage/judge-run";
import { evictCache } from "@/server/storage/evict-cache";
import { addCollection, noteSwept, readDueSweeps } from "@/server/store/collected";
import type { RunRow } from "@/server/store/run";

/** A live run is looked through again after this, ms. */
const liveMs = 60_000;
/** A run that could not be looked through is tried again after this, ms. */
const retryMs = 600_000;
const runsAtOnce = 50;
/** Batches of one look; the next look goes on. */
const mostBatches = 40;
const gigabyte = 1e9;

/** What one look has freed and forgotten. */
export type Collected = FreedSum & { readonly forgotten: Forgotten };

/**
 * Looks once through everything that may be freed: files of runs, caches of sites, rows of old runs. Safe to run twice at
 * once and to be interrupted.
 * Source: EXECUTION.md, section 8.
 */
export async function collectGarbage(collector: Collector): Promise<Collected> {
  const sum = { runs: 0, files: 0, bytes: 0 };
  const add = (freed: { readonly runs?: number; readonly files: number; readonly bytes: number }) => {
    sum.runs += freed.runs ?? 0;
    sum.files += freed.files;
    sum.bytes += freed.bytes;
  };
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const runs = await readDue(collector);
    if (runs.length === 0) break;
    for (const run of runs) add(await collectOne(collector, run));
    if (runs.length < runsAtOnce) break;
  }
  for (const site of collector.sites) {
    const limitBytes = collector.policy.cacheGb * gigabyte;
    await evictCache(site.connection, `${site.scratchRoot}/.cache`, limitBytes).then(add, (error: unknown) =>
      collector.log.warn({ err: error, site: site.id }, "the cache of a site was not looked through"),
    );
  }
  const forgotten = await forgetHistory(collector);
  if (sum.files > 0) await addCollection(collector.db, { ...sum, at: collector.now() });
  if (sum.files + forgotten.runs + forgotten.events > 0) collector.log.info({ ...sum, forgotten }, "garbage collected");
  return { ...sum, forgotten };
}

/** What a look would free now, and what holds the other files of the runs that it would look at. Changes nothing. */
export async function previewGarbage(
  collector: Collector,
): Promise<readonly { readonly run: RunRow; readonly files: readonly JudgedFile[] }[]> {
  const { db } = collector;
  const found: { run: RunRow; files: readonly JudgedFile[] }[] = [];
  for (const run of await readDue(collector, runsAtOnce * mostBatches))
    found.push({ run, files: await judgeRun(db, { run, wanted: await readWanted(db, run.id) }, collector) });
  return found;
}

/** One run that cannot be looked through holds up no other. */
async function collectOne(collector: Collector, run: RunRow): Promise<FreedSum> {
  const now = collector.now();
  try {
    const freed = await collectRun(collector, run);
    if (isTerminalRun(run.state)) await removeBrought(collector, run);
    return freed;
  } catch (error) {
    collector.log.warn({ err: error, runId: run.id }, "a run was not looked through for garbage");
    await noteSwept(collector.db, run.id, { sweptAt: now, nextAt: new Date(now.getTime() + retryMs) });
    return { runs: 0, files: 0, bytes: 0 };
  }
}

function readDue(collector: Collector, limit: number = runsAtOnce): Promise<readonly RunRow[]> {
  const now = collector.now();
  return readDueSweeps(collector.db, { now, liveBefore: new Date(now.getTime() - liveMs) }, limit);
}

/** Copies of what was published from elsewhere: the store has them by now. */
async function removeBrought(collector: Collector, run: RunRow): Promise<void> {
  const home = collector.sites.find(({ connection }) => connection.kind === "local");
  await home?.connection.remove(`${home.scratchRoot}/brought/${run.id}`);
}
