import { buildGraph } from "@/lib/dag/graph";
import { type GivenNumbers, planSimulation } from "@/lib/dag/plan-simulation";
import { type Simulation, simulate } from "@/lib/dag/simulate";
import { NereusError } from "@/lib/errors";
import type { PipelineId, RunId } from "@/lib/ids";
import { suggestName } from "@/lib/nearest-name";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { demandPipeline } from "@/server/services/pipelines/find-any-pipeline";
import { readRecordedRun } from "@/server/store/recorded-run";

export type SimulationWish = {
  readonly pipelineId: string;
  /** By pool. */
  readonly slots: Readonly<Record<string, number>>;
  readonly given: GivenNumbers;
};

/** When a run would be done. Times count from its start, seconds. */
export type RunSimulation = {
  readonly pipelineId: PipelineId;
  /** The run whose durations and files were taken; null when there is none. */
  readonly recordedRun: RunId | null;
  readonly slots: Readonly<Record<string, number>>;
  readonly state: Simulation["state"];
  /** Null when it waits for something that never comes. */
  readonly endsAfterSeconds: number | null;
  /** ISO 8601 UTC, were it started now. */
  readonly endsAt: string | null;
  /** Nodes of which no duration is known: they took no time. */
  readonly unknown: readonly string[];
  readonly nodes: readonly {
    readonly id: string;
    readonly tasks: number;
    readonly startsAfterSeconds: number;
    readonly endsAfterSeconds: number;
  }[];
};

/**
 * Plays a run of a pipeline on virtual time: the planner is that of real runs, nothing is started or written.
 * @throws {NereusError} pipeline-unknown; input-invalid for a number about a node that is not there; not-permitted
 */
export async function simulateRun(ctx: ServiceContext, wish: SimulationWish): Promise<RunSimulation> {
  demand(ctx.actor, "request a run");
  const { definition } = await demandPipeline(ctx.db, wish.pipelineId);
  const ids = definition.nodes.map(({ id }) => id as string);
  for (const name of [...Object.keys(wish.given.durationsSeconds), ...Object.keys(wish.given.files)])
    if (!ids.includes(name))
      throw new NereusError("input-invalid", {
        field: name,
        problem: `there is no such node.${suggestName(name, ids)}`,
      });
  const recorded = await readRecordedRun(ctx.db, definition.id);
  const about = { slots: new Map(Object.entries(wish.slots)), given: wish.given };
  const { plan, unknown } = planSimulation(definition, recorded?.tasks ?? [], about);
  const { state, endedAtSeconds, attempts } = simulate(buildGraph(definition), plan);
  return {
    pipelineId: definition.id,
    recordedRun: recorded?.runId ?? null,
    slots: wish.slots,
    state,
    endsAfterSeconds: endedAtSeconds,
    endsAt: endedAtSeconds === null ? null : new Date(ctx.now().getTime() + endedAtSeconds * 1000).toISOString(),
    unknown,
    nodes: ids.flatMap((id) => spanOf(id, attempts)),
  };
}

function spanOf(id: string, attempts: Simulation["attempts"]): RunSimulation["nodes"] {
  const own = attempts.filter(({ task }) => task.nodeId === id);
  if (own.length === 0) return [];
  const startsAfterSeconds = own.reduce((first, { startedAtSeconds }) => Math.min(first, startedAtSeconds), Infinity);
  const endsAfterSeconds = own.reduce((last, { endedAtSeconds }) => Math.max(last, endedAtSeconds), 0);
  return [{ id, tasks: new Set(own.map(({ task }) => task.id)).size, startsAfterSeconds, endsAfterSeconds }];
}
