import { dagLimits } from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import { buildGraph, type Graph } from "@/lib/dag/graph";
import type { RunInput } from "@/lib/dag/run-view";
import type { CyclePoint, OrganisationId, RunId, UserId } from "@/lib/ids";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { applyChanges } from "@/server/store/apply-changes";
import { loadDagState } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import { insertDeadlines } from "@/server/store/deadline";
import { savePipelineVersion } from "@/server/store/pipeline-version";
import { insertSources } from "@/server/store/run-source";
import { startRun } from "@/server/store/start-run";

export type RunPlan = {
  readonly definition: PipelineDefinition;
  readonly versionHash: string;
  readonly input: RunInput;
  readonly cycle: CyclePoint | null;
  readonly organisationId: OrganisationId | null;
  readonly requestedBy: UserId | null;
  readonly idempotencyKey: string | null;
  readonly at: Date;
};

/**
 * Writes a run, starts it and queues the wake-up, in the caller's transaction.
 * @returns null when the same request, or the same cycle, has its run already
 */
export async function planRun(tx: Tx, plan: RunPlan): Promise<RunId | null> {
  const { definition, at, ...values } = plan;
  const graph = graphOf(definition);
  const start = () => startRun(tx, { ...values, pipelineId: definition.id, createdAt: at }, dagLimits.fan);
  let started = await start();
  if (started.outcome === "version-unknown") {
    await savePipelineVersion(tx, plan.versionHash, { definition, graph });
    started = await start();
  }
  if (started.outcome !== "started") return null;
  const { runId, isPending } = started;
  await insertDeadlines(tx, runId, { graph, startedAt: at });
  await insertSources(tx, { id: runId, pipelineId: definition.id, cycle: plan.cycle }, { graph, at });
  if (isPending) {
    const event = { kind: "start" } as const;
    const { input, cycle } = plan;
    const run = { id: runId, state: "pending", generation: 1, input, cycle, pipelineId: definition.id } as const;
    const state = await loadDagState(tx, run, { graph, event, now: at });
    await applyChanges(tx, run, { changes: decide(state, event), graph, at });
  }
  return runId;
}

/** Most requests are for few pipelines. */
const graphs = new WeakMap<PipelineDefinition, Graph>();

function graphOf(definition: PipelineDefinition): Graph {
  const known = graphs.get(definition);
  if (known !== undefined) return known;
  const graph = buildGraph(definition);
  graphs.set(definition, graph);
  return graph;
}
