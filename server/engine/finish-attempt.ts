import { NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import type { JobNode } from "@/lib/pipeline/definition";
import { bringOutputsHome } from "@/server/engine/bring-inputs";
import type { Engine, Site } from "@/server/engine/engine";
import { readFailure } from "@/server/engine/failure-reason";
import { givenResources } from "@/server/engine/given-resources";
import { keepForReuse } from "@/server/engine/keep-for-reuse";
import { jobNodeOf, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { readRunFacts } from "@/server/engine/run-facts";
import { type FailedAttempt, transition } from "@/server/engine/transition";
import { withIds } from "@/server/engine/with-ids";
import { type Sentinel, scratchNames } from "@/server/executors/runner";
import { type CollectedFile, collectOutputs } from "@/server/storage/collect-outputs";
import { type CommittedFile, readCommittedFiles, taintArtifacts } from "@/server/store/artifact";
import type { AttemptRef } from "@/server/store/attempt";
import type { RunRow } from "@/server/store/run";
import type { FinishedFile } from "@/server/store/step";

/**
 * Takes in the result of a job that ended: remaining outputs, fragments of products, then one transaction that ends the
 * task and makes what follows. Safe to repeat up to that transaction.
 */
export async function finishAttempt(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly sentinel: Sentinel },
): Promise<void> {
  const { attempt, sentinel } = what;
  const end = endOf(sentinel);
  const result = await readResult(engine, site, { attempt, sentinel, ...(await readContext(engine, attempt)) });
  if ("failure" in result) {
    await transition(engine, attempt.runId, {
      report: { attemptId: attempt.id, event: result, attempt: { ...end, state: "ended" } },
    });
    return;
  }
  const report = { ...refOf(attempt), kind: "completed", ...end, files: withIds(engine, result.files) } as const;
  if ((await engine.tell(report)) && result.isCached) await keepForReuse(engine, attempt);
}

/** Commits the files that a running job has finished, where its node says how that shows. */
export async function commitStreamed(engine: Engine, site: Site, attempt: AttemptRef): Promise<void> {
  const { dirty, sightings } = engine.memory;
  if (site.runner.watch !== undefined && !dirty.has(attempt.id) && !isDue(engine, attempt)) return;
  dirty.delete(attempt.id);
  try {
    const { node } = await readContext(engine, attempt);
    if (node.outputs.every(({ commit }) => commit === "on-exit")) return;
    const { files, changed, seen } = await collect(engine, site, { attempt, node, sentinel: null });
    if (files.length > 0) await engine.tell({ ...refOf(attempt), kind: "artifacts", files: withIds(engine, files) });
    if (changed.length > 0) await taint(engine, attempt, changed);
    sightings.set(attempt.id, { seen, lookAgainMs: lookAgainMs(engine, node) });
  } catch (error) {
    dirty.add(attempt.id);
    sightings.delete(attempt.id);
    throw error;
  }
}

/** Between two listings for files that show by staying as they are that they are finished, ms. */
const stableLookMs = 500;

/** No event tells that a file has stopped growing. */
function lookAgainMs(engine: Engine, node: JobNode): number {
  const isWaitedFor = node.outputs.some(({ commit }) => commit === "stable");
  return isWaitedFor ? engine.now().getTime() + stableLookMs : Number.POSITIVE_INFINITY;
}

function isDue(engine: Engine, attempt: AttemptRef): boolean {
  const sighting = engine.memory.sightings.get(attempt.id);
  return sighting !== undefined && engine.now().getTime() >= sighting.lookAgainMs;
}

/** What has read such a file may be wrong; who looks at the run is told. */
async function taint(engine: Engine, attempt: AttemptRef, changed: readonly CollectedFile[]): Promise<void> {
  const { runId, nodeId, taskId } = attempt;
  engine.log.warn({ runId, taskId, paths: changed.map(({ path }) => path) }, "committed files have changed");
  await engine.db.transaction((tx) => taintArtifacts(tx, { runId, nodeId, taskId, at: engine.now() }, changed));
}

const refOf = ({ runId, id }: AttemptRef) => ({ runId, attemptId: id });

type Context = { readonly run: RunRow; readonly node: JobNode };

async function readContext(engine: Engine, attempt: AttemptRef): Promise<Context> {
  const run = await readRunFacts(engine, attempt);
  const { definition } = await readPinnedPipeline(engine.db, run.versionHash);
  return { run, node: jobNodeOf(definition, attempt.nodeId) };
}

async function readResult(
  engine: Engine,
  site: Site,
  what: Context & { readonly attempt: AttemptRef; readonly sentinel: Sentinel },
): Promise<{ readonly files: readonly FinishedFile[]; readonly isCached: boolean } | FailedAttempt> {
  const { attempt, sentinel, run, node } = what;
  // A trap may end with 0 what was stopped half-way.
  if (sentinel.exitCode !== 0 || sentinel.stopped) {
    return readFailure(site, attempt, { node, sentinel, given: await givenResources(engine, site, what) });
  }
  const { files, missing, cut, changed } = await collect(engine, site, { attempt, node, sentinel });
  if (changed.length > 0) await taint(engine, attempt, changed);
  const problem =
    cut.length > 0
      ? new NereusError("output-cut", { node: node.id, paths: cut.join(", ") })
      : missing.length > 0
        ? new NereusError("output-missing", { node: node.id, pattern: missing.join(", ") })
        : null;
  if (problem !== null) return { kind: "failed", failure: "output", reason: renderError(problem, "en") };
  if (node.product !== undefined) {
    await engine.products.commit({
      runId: run.id,
      generation: run.productGeneration,
      pipelineId: run.pipelineId,
      productId: node.product,
      organisationId: run.organisationId,
      outFolder: await bringOutputsHome(engine, site, `${attempt.scratch}/${scratchNames.outputs}`),
    });
  }
  return { files, isCached: node.cache !== undefined };
}

/** @param what.sentinel  null while the job runs */
async function collect(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly node: JobNode; readonly sentinel: Sentinel | null },
) {
  const { attempt, node, sentinel } = what;
  const streams = node.outputs.some(({ commit }) => commit !== "on-exit");
  const mayBeKnown = streams || attempt.number > 1;
  const committed = mayBeKnown ? await readCommittedFiles(engine.db, attempt.taskId) : new Map<string, CommittedFile>();
  const known = new Map(
    [...committed].map(([path, file]) => [path, { ...file, isOwn: file.attemptId === attempt.id }] as const),
  );
  return collectOutputs(site.connection, {
    outFolder: `${attempt.scratch}/${scratchNames.outputs}`,
    ...{ outputs: node.outputs, known, at: engine.now() },
    ended: sentinel !== null,
    made: sentinel?.outputs,
    seen: engine.memory.sightings.get(attempt.id)?.seen,
  });
}

const endOf = (sentinel: Sentinel) => ({
  startedAt: new Date(sentinel.startedAtMs),
  endedAt: new Date(sentinel.endedAtMs),
  exitCode: sentinel.exitCode,
  signal: sentinel.signal,
  maxRssBytes: sentinel.maxRssBytes,
});
