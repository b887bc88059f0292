import { NereusError } from "@/lib/errors";
import { type ArtifactId, asId } from "@/lib/ids";
import { renderError } from "@/lib/messages/render-error";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { bringOutputsHome } from "@/server/engine/bring-inputs";
import type { Engine, Site } from "@/server/engine/engine";
import { readFailureReason } from "@/server/engine/failure-reason";
import { nodeOfPipeline, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { readRunFacts } from "@/server/engine/run-facts";
import { transition } from "@/server/engine/transition";
import { type Sentinel, scratchNames } from "@/server/executors/runner";
import { collectOutputs } from "@/server/storage/collect-outputs";
import { readCommittedPaths } from "@/server/store/artifact";
import type { AttemptRef } from "@/server/store/attempt";
import { mintId } from "@/server/store/mint-id";
import type { RunRow } from "@/server/store/run";
import type { FinishedFile, StepReport } from "@/server/store/step";

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
  if ("reason" in result) {
    const event = { kind: "failed", reason: result.reason } as const;
    await transition(engine, attempt.runId, {
      report: { attemptId: attempt.id, event, attempt: { ...end, state: "ended" } },
    });
    return;
  }
  await engine.tell({ ...refOf(attempt), kind: "completed", ...end, files: withIds(engine, result.files) });
}

/** Commits the files that a running job has finished, where its node says how that shows. */
export async function commitStreamed(engine: Engine, site: Site, attempt: AttemptRef): Promise<void> {
  const { dirty } = engine.memory;
  if (site.runner.watch !== undefined && !dirty.has(attempt.id)) return;
  dirty.delete(attempt.id);
  try {
    const { node } = await readContext(engine, attempt);
    if (node.outputs.every(({ commit }) => commit === "on-exit")) return;
    const { files } = await collect(engine, site, { attempt, node, sentinel: null });
    if (files.length === 0) return;
    await engine.tell({ ...refOf(attempt), kind: "artifacts", files: withIds(engine, files) });
  } catch (error) {
    dirty.add(attempt.id);
    throw error;
  }
}

const refOf = ({ runId, id }: AttemptRef) => ({ runId, attemptId: id });

const withIds = (engine: Engine, files: readonly FinishedFile[]): StepReport["files"] =>
  files.map((file) => ({ ...file, id: asId<ArtifactId>(mintId("a", engine.now())) }));

type Context = { readonly run: RunRow; readonly node: NodeDefinition };

async function readContext(engine: Engine, attempt: AttemptRef): Promise<Context> {
  const run = await readRunFacts(engine, attempt);
  const { definition } = await readPinnedPipeline(engine.db, run.versionHash);
  return { run, node: nodeOfPipeline(definition, attempt.nodeId) };
}

async function readResult(
  engine: Engine,
  site: Site,
  what: Context & { readonly attempt: AttemptRef; readonly sentinel: Sentinel },
): Promise<{ readonly files: readonly FinishedFile[] } | { readonly reason: string }> {
  const { attempt, sentinel, run, node } = what;
  if (sentinel.exitCode !== 0) return { reason: await readFailureReason(site, attempt, what) };
  const { files, missing } = await collect(engine, site, { attempt, node, sentinel });
  if (missing.length > 0) {
    return {
      reason: renderError(new NereusError("output-missing", { node: node.id, pattern: missing.join(", ") }), "en"),
    };
  }
  if (node.product !== undefined) {
    await engine.products.commit({
      runId: run.id,
      generation: run.generation,
      pipelineId: run.pipelineId,
      productId: node.product,
      organisationId: run.organisationId,
      outFolder: await bringOutputsHome(engine, site, `${attempt.scratch}/${scratchNames.outputs}`),
    });
  }
  return { files };
}

/** @param what.sentinel  null while the job runs */
async function collect(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly node: NodeDefinition; readonly sentinel: Sentinel | null },
) {
  const { attempt, node, sentinel } = what;
  const streams = node.outputs.some(({ commit }) => commit !== "on-exit");
  const mayBeKnown = streams || attempt.number > 1;
  const known = mayBeKnown ? await readCommittedPaths(engine.db, attempt.taskId) : new Set<string>();
  const outFolder = `${attempt.scratch}/${scratchNames.outputs}`;
  const request = { outFolder, outputs: node.outputs, ended: sentinel !== null, known, made: sentinel?.outputs };
  return collectOutputs(site.connection, request);
}

const endOf = (sentinel: Sentinel) => ({
  startedAt: new Date(sentinel.startedAtMs),
  endedAt: new Date(sentinel.endedAtMs),
  exitCode: sentinel.exitCode,
  signal: sentinel.signal,
  maxRssBytes: sentinel.maxRssBytes,
});
