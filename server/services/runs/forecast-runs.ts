import { instantOf } from "@/lib/cycle/cycle-point";
import { buildGraph, type Graph } from "@/lib/dag/graph";
import { type NodeProgress, predictEnd } from "@/lib/dag/predict-end";
import type { RunForecast, RunSummary, RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";
import { asId, type CyclePoint, type NodeId, type PipelineId, type RunId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import type { Database } from "@/server/store/database";
import { readNodeDurations } from "@/server/store/node-durations";
import { readDefinition } from "@/server/store/pipeline-version";

/** A run with what a prediction needs to know of it. */
export type ForecastSubject = Pick<RunSummary, "id" | "pipelineId" | "cycle" | "state" | "createdAt"> & {
  readonly versionHash: string;
  readonly progress: ReadonlyMap<NodeId, NodeProgress>;
};

/**
 * When live runs will probably be done, by the p90 of the last 30 durations of each remaining node, and whether that is
 * past their deadline. Ended runs have no forecast.
 * Source: ENGINE.md, section 4, Late runs.
 */
export async function forecastRuns(
  ctx: Pick<ServiceContext, "db" | "now">,
  runs: readonly ForecastSubject[],
): Promise<ReadonlyMap<RunId, RunForecast>> {
  const forecasts = new Map<RunId, RunForecast>();
  for (const run of runs) {
    if (isTerminalRun(run.state)) continue;
    const version = await versionOf(ctx.db, run.versionHash);
    if (version === null) continue;
    const durationsSeconds = await durationsOf(ctx, run.pipelineId);
    const nowMs = ctx.now().getTime();
    const { endsAtMs, criticalPath, unknown } = predictEnd(version.graph, {
      ...{ nowMs, nodes: run.progress, durationsSeconds },
    });
    const isKnown = criticalPath.some((id) => durationsSeconds.has(id));
    const deadlineMs = deadlineOf(run, version.deadlineSeconds);
    forecasts.set(run.id, {
      expectedEndAt: isKnown ? new Date(endsAtMs).toISOString() : null,
      deadlineAt: deadlineMs === null ? null : new Date(deadlineMs).toISOString(),
      // Not before now: a run that has passed its deadline is late though nothing is known of it.
      isLate: deadlineMs !== null && endsAtMs > deadlineMs,
      criticalPath,
      unknown,
    });
  }
  return forecasts;
}

/** How the nodes of a run stand, as its view tells. */
export function progressOf({ nodes, tasks }: RunView): ReadonlyMap<NodeId, NodeProgress> {
  const starts = new Map<NodeId, number>();
  for (const { nodeId, startedAt } of tasks) {
    if (startedAt === null) continue;
    starts.set(nodeId, Math.min(starts.get(nodeId) ?? Number.POSITIVE_INFINITY, Date.parse(startedAt)));
  }
  return new Map(nodes.map(({ id, state }) => [id, { state, startedAtMs: starts.get(id) ?? null }]));
}

/** Counted from the nominal time of a cycle, else from the request. */
function deadlineOf(run: ForecastSubject, deadlineSeconds: number | null): number | null {
  if (deadlineSeconds === null) return null;
  const from = run.cycle === null ? new Date(run.createdAt) : instantOf(asId<CyclePoint>(run.cycle));
  return from.getTime() + deadlineSeconds * 1000;
}

type Version = { readonly graph: Graph; readonly deadlineSeconds: number | null };
type Kept = {
  readonly versions: Map<string, Version>;
  readonly durations: Map<
    PipelineId,
    { readonly readAtMs: number; readonly of: ReadonlyMap<NodeId, readonly number[]> }
  >;
};

/** A page asks several times a second; what ended runs took changes when one ends. */
const kept = new WeakMap<Database, Kept>();
const durationsLastMs = 60_000;
const mostVersions = 200;

function keptOf(db: Database): Kept {
  const known = kept.get(db) ?? { versions: new Map(), durations: new Map() };
  kept.set(db, known);
  return known;
}

async function versionOf(db: Database, hash: string): Promise<Version | null> {
  const { versions } = keptOf(db);
  const known = versions.get(hash);
  if (known !== undefined) return known;
  const definition = await readDefinition(db, hash);
  if (definition === null) return null;
  if (versions.size >= mostVersions) versions.clear();
  const version = { graph: buildGraph(definition), deadlineSeconds: definition.deadlineSeconds ?? null };
  versions.set(hash, version);
  return version;
}

async function durationsOf({ db, now }: Pick<ServiceContext, "db" | "now">, pipelineId: PipelineId) {
  const { durations } = keptOf(db);
  const known = durations.get(pipelineId);
  const nowMs = now().getTime();
  if (known !== undefined && Math.abs(nowMs - known.readAtMs) < durationsLastMs) return known.of;
  const of = await readNodeDurations(db, pipelineId);
  // The first run of a pipeline is looked for until it has ended.
  if (of.size > 0) durations.set(pipelineId, { readAtMs: nowMs, of });
  return of;
}
