import { type Verdict, wantedElsewhere } from "@/lib/dag/retention";
import { manifestName } from "@/lib/pipeline/output-manifest";
import { attemptsToClean, type EndedAttempt } from "@/server/engine/garbage/attempts-to-clean";
import type { Collector, FreedSum } from "@/server/engine/garbage/collector";
import { judgeRun, readWanted, type Wanted } from "@/server/engine/garbage/judge-run";
import type { Connection } from "@/server/executors/connection/connection";
import { scratchNames } from "@/server/executors/runner";
import type { DiskFile } from "@/server/storage/disk-files";
import { freeFiles } from "@/server/storage/free-files";
import { taintArtifacts } from "@/server/store/artifact";
import {
  type KeptFile,
  markFiles,
  noteCleaned,
  noteCollected,
  noteSwept,
  readEndedAttempts,
} from "@/server/store/collected";
import { readReusablePlaces } from "@/server/store/content-key";
import { lockRun, type RunRow } from "@/server/store/run";

/** A site that does not answer is asked again after this, ms. */
const retryMs = 600_000;
const dayMs = 86_400_000;

/**
 * Frees what nobody needs any more of a run: files that no reference holds, and the work folders of attempts that have
 * ended; logs, sentinel and manifest stay. Marked first, then removed and looked for, then noted: after any interruption it
 * goes on where it stood.
 * Source: EXECUTION.md, section 8.
 */
export async function collectRun(collector: Collector, run: RunRow): Promise<FreedSum> {
  const now = collector.now();
  const attempts = await readEndedAttempts(collector.db, run.id);
  const plan = await markUnneeded(collector, run);
  const { due, nextAt } = attemptsToClean(attempts, run, { now, scratchHours: collector.policy.scratchHours });
  const times = [...plan.freeAt, ...(nextAt === null ? [] : [nextAt])].map((at) => at.getTime());
  let isReached = true;
  const sum = { runs: 0, files: 0, bytes: 0 };
  const siteIds = new Set([...plan.marked.map(({ site }) => site), ...due.map(({ site }) => site)]);
  for (const siteId of siteIds) {
    const of = <Thing extends { readonly site: string }>(things: readonly Thing[]) =>
      things.filter(({ site }) => site === siteId);
    const part = {
      run,
      siteId,
      foreign: plan.foreign,
      marked: of(plan.marked),
      kept: of(plan.kept),
      attempts: of(due),
    };
    try {
      const freed = await collectAtSite(collector, part);
      sum.files += freed.files;
      sum.bytes += freed.bytes;
    } catch (error) {
      isReached = false;
      collector.log.warn({ err: error, site: siteId, runId: run.id }, "files were not collected; it is tried again");
    }
  }
  if (!isReached) times.push(now.getTime() + retryMs);
  const next = times.length === 0 ? null : new Date(Math.min(...times));
  await noteSwept(collector.db, run.id, { sweptAt: now, nextAt: next });
  return { ...sum, runs: sum.files > 0 ? 1 : 0 };
}

/**
 * Marks in one transaction with the count of references, the run held: no transition comes between, and nobody gives its
 * files to another run.
 */
async function markUnneeded(collector: Collector, { id }: RunRow) {
  return collector.db.transaction(async (tx) => {
    const run = await lockRun(tx, id);
    if (run === null) return { marked: [], kept: [], freeAt: [], foreign: new Set<string>() };
    const wanted = await readWanted(tx, id);
    const judged = await judgeRun(tx, { run, wanted }, collector);
    const unneeded = judged.filter(({ verdict }) => verdict.holders.length === 0).map(({ file }) => file);
    const fresh = unneeded.filter(({ markedAt }) => markedAt === null).map((file) => file.id);
    const now = collector.now();
    await markFiles(tx, fresh, now);
    const borrowed = unneeded.filter(({ isBorrowed }) => isBorrowed);
    await noteCollected(tx, borrowed, now);
    const kept = judged.filter(({ verdict }) => verdict.holders.length > 0);
    return {
      marked: unneeded.filter(({ isBorrowed }) => !isBorrowed),
      foreign: wanted.foreign,
      kept: kept.map(({ file }) => file),
      freeAt: kept.flatMap(({ verdict }) => verdict.freeAt ?? lookAgainAt(verdict, now) ?? []),
    };
  });
}

/** What another run holds comes free when that run lets it go, which no time of this one tells. */
const lookAgainAt = ({ holders }: Verdict, now: Date): Date | null =>
  holders.includes(wantedElsewhere) ? new Date(now.getTime() + dayMs) : null;

type SitePart = {
  readonly run: RunRow;
  readonly foreign: Wanted["foreign"];
  readonly siteId: string;
  readonly marked: readonly KeptFile[];
  readonly kept: readonly KeptFile[];
  readonly attempts: readonly EndedAttempt[];
};

async function collectAtSite(collector: Collector, part: SitePart): Promise<{ files: number; bytes: number }> {
  const site = collector.sites.find(({ id }) => id === part.siteId);
  if (site === undefined) throw new Error(`there is no site ${part.siteId} any more`);
  const scratches = [...part.marked, ...part.attempts].map(({ scratch }) => scratch);
  const runFolder = `${site.scratchRoot}/${part.run.id}`;
  const others = scratches.filter((scratch) => !scratch.startsWith(`${runFolder}/`));
  const since = new Date(collector.now().getTime() - collector.policy.reuseDays * dayMs);
  const reusable = await readReusablePlaces(collector.db, part.run.id, since);
  const freed = await freeFiles(site.connection, [runFolder, ...new Set(others)], (files) =>
    chooseFiles(files, part, reusable),
  );
  const now = collector.now();
  await collector.db.transaction(async (tx) => {
    await noteCollected(
      tx,
      part.marked.filter((file) => !freed.left.has(placeOf(file))),
      now,
    );
    await noteCleaned(
      tx,
      part.attempts.map(({ id }) => id),
      now,
    );
  });
  await tellLost(collector, site.connection, {
    run: part.run,
    lost: part.kept.filter((file) => !freed.left.has(placeOf(file))),
  });
  return freed;
}

/** Files that are kept and yet not there: what they held is no longer what was committed. */
async function tellLost(
  collector: Collector,
  connection: Connection,
  of: { readonly run: RunRow; readonly lost: readonly KeptFile[] },
): Promise<void> {
  for (const file of of.lost) {
    // A link is no regular file, and its listing does not show it.
    if ((await connection.realPath(placeOf(file))) !== null) continue;
    const { nodeId, taskId, path } = file;
    const about = { runId: of.run.id, nodeId, taskId, at: collector.now() };
    await collector.db.transaction((tx) => taintArtifacts(tx, about, [{ path, sizeBytes: 0, sha256: "" }]));
    collector.log.warn({ runId: of.run.id, nodeId, path }, "a kept file is not there any more");
  }
}

const placeOf = ({ scratch, path }: Pick<KeptFile, "scratch" | "path">): string =>
  `${scratch}/${scratchNames.outputs}/${path}`;

/** Marked files; of attempts to be cleaned all inputs, and outputs that no artifact and no reuse stands for. */
function chooseFiles(
  files: readonly DiskFile[],
  part: SitePart,
  reusable: ReadonlyMap<string, Date>,
): readonly string[] {
  const known = new Set([...part.kept, ...part.marked].map(placeOf));
  const byScratch = new Map(part.attempts.map((attempt) => [attempt.scratch, attempt]));
  const orphans = files.filter(({ path }) => {
    const made = outputOf(path, byScratch);
    if (made === null || known.has(path) || made.inner === manifestName) return false;
    const { attempt, inner } = made;
    return !part.foreign.has(`${attempt.id}/${inner}`) && !reusable.has(`${attempt.scratch}/${inner}`);
  });
  return [
    ...part.marked.map(placeOf),
    ...part.attempts.map(({ scratch }) => `${scratch}/${scratchNames.inputs}`),
    ...orphans.map(({ path }) => path),
  ];
}

/** The attempt in whose `out/` a file lies, and its path there; null for other files. */
function outputOf(path: string, byScratch: ReadonlyMap<string, EndedAttempt>) {
  const folder = `/${scratchNames.outputs}/`;
  for (let at = path.indexOf(folder); at >= 0; at = path.indexOf(folder, at + 1)) {
    const attempt = byScratch.get(path.slice(0, at));
    if (attempt !== undefined) return { attempt, inner: path.slice(at + folder.length) };
  }
  return null;
}
