import { decide } from "@/lib/dag/decide";
import { buildGraph } from "@/lib/dag/graph";
import type { RunInput } from "@/lib/dag/run-view";
import type { CyclePoint, OrganisationId, RunId, UserId } from "@/lib/ids";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { applyChanges } from "@/server/store/apply-changes";
import { loadDagState } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import { insertRun, savePipelineVersion } from "@/server/store/run";

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
  const graph = buildGraph(definition);
  await savePipelineVersion(tx, plan.versionHash, definition);
  const runId = await insertRun(tx, { ...values, pipelineId: definition.id, createdAt: at }, graph);
  if (runId === null) return null;
  const event = { kind: "start" } as const;
  const state = await loadDagState(tx, { id: runId, state: "pending" }, { graph, taskId: null, event });
  await applyChanges(tx, runId, { changes: decide(state, event), graph, at });
  return runId;
}
