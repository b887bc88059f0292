import { NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { Engine, Site } from "@/server/engine/engine";
import { readFailureReason } from "@/server/engine/failure-reason";
import { nodeOfPipeline, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { type AttemptReport, transition } from "@/server/engine/transition";
import { type Sentinel, scratchNames } from "@/server/executors/runner";
import { collectOutputs } from "@/server/storage/collect-outputs";
import { readCommittedPaths } from "@/server/store/artifact";
import type { LiveAttempt } from "@/server/store/attempt";
import { findRun, type RunRow } from "@/server/store/run";

/**
 * Takes in the result of a job that ended: remaining outputs, fragments of products, then one transaction that ends the
 * task and makes what follows. Safe to repeat up to that transaction.
 */
export async function finishAttempt(
  engine: Engine,
  site: Site,
  what: { readonly attempt: LiveAttempt; readonly sentinel: Sentinel },
): Promise<void> {
  const { attempt, sentinel } = what;
  const { run, node } = await readContext(engine, attempt);
  const event = await readResult(engine, site, { attempt, sentinel, run, node });
  await transition(engine, attempt.runId, { report: { attemptId: attempt.id, event, attempt: endOf(sentinel) } });
}

/** Commits the files that a running job has finished, where its node says how that shows. */
export async function commitStreamed(engine: Engine, site: Site, attempt: LiveAttempt): Promise<void> {
  const { dirty } = engine.memory;
  if (site.runner.watch !== undefined && !dirty.has(attempt.id)) return;
  dirty.delete(attempt.id);
  try {
    const { node } = await readContext(engine, attempt);
    if (node.outputs.every(({ commit }) => commit === "on-exit")) return;
    const { files } = await collect(engine, site, { attempt, node, ended: false });
    if (files.length === 0) return;
    const report: AttemptReport = { attemptId: attempt.id, event: { kind: "artifacts", files }, attempt: {} };
    await transition(engine, attempt.runId, { report });
  } catch (error) {
    dirty.add(attempt.id);
    throw error;
  }
}

type Context = { readonly run: RunRow; readonly node: NodeDefinition };

async function readContext(engine: Engine, attempt: LiveAttempt): Promise<Context> {
  const run = await findRun(engine.db, attempt.runId);
  if (run === null) throw new Error(`attempt ${attempt.id} has no run`);
  const { definition } = await readPinnedPipeline(engine.db, run.versionHash);
  return { run, node: nodeOfPipeline(definition, attempt.nodeId) };
}

async function readResult(
  engine: Engine,
  site: Site,
  what: Context & { readonly attempt: LiveAttempt; readonly sentinel: Sentinel },
): Promise<AttemptReport["event"]> {
  const { attempt, sentinel, run, node } = what;
  if (sentinel.exitCode !== 0) return { kind: "failed", reason: await readFailureReason(site, attempt, what) };
  const { files, missing } = await collect(engine, site, { attempt, node, ended: true });
  if (missing.length > 0) {
    const failure = new NereusError("output-missing", { node: node.id, pattern: missing.join(", ") });
    return { kind: "failed", reason: renderError(failure, "en") };
  }
  if (node.product !== undefined) {
    await engine.products.commit({
      runId: run.id,
      generation: run.generation,
      pipelineId: run.pipelineId,
      productId: node.product,
      organisationId: run.organisationId,
      outFolder: `${attempt.scratch}/${scratchNames.outputs}`,
    });
  }
  return { kind: "completed", files };
}

async function collect(
  engine: Engine,
  site: Site,
  what: { readonly attempt: LiveAttempt; readonly node: NodeDefinition; readonly ended: boolean },
) {
  const { attempt, node, ended } = what;
  const known = await readCommittedPaths(engine.db, attempt.taskId);
  const outFolder = `${attempt.scratch}/${scratchNames.outputs}`;
  return collectOutputs(site.connection, { outFolder, outputs: node.outputs, ended, known });
}

const endOf = (sentinel: Sentinel): AttemptReport["attempt"] => ({
  state: "ended",
  startedAt: new Date(sentinel.startedAtMs),
  endedAt: new Date(sentinel.endedAtMs),
  exitCode: sentinel.exitCode,
  signal: sentinel.signal,
  maxRssBytes: sentinel.maxRssBytes,
});
