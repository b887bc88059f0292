import { latestSynopticCycle } from "@/lib/cycle/cycle-point";
import type { RunInput } from "@/lib/dag/run-view";
import { NereusError } from "@/lib/errors";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { CyclePoint, OrganisationId, RunId, UserId } from "@/lib/ids";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { auditActor } from "@/server/services/audit-actor";
import type { Actor, ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { demandPipeline, demandRunnable } from "@/server/services/pipelines/find-any-pipeline";
import { planRun } from "@/server/services/runs/plan-run";
import { currentVersion } from "@/server/services/runs/program-versions";
import { resolveMet } from "@/server/services/runs/resolve-met";
import { resolveSea } from "@/server/services/runs/resolve-sea";
import { addAudit } from "@/server/store/audit";
import { findRunByKey, findRunOfCycle } from "@/server/store/run";

export type RunRequest = {
  readonly pipelineId: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** A repeated call with the same key finds the first run. */
  readonly idempotencyKey?: string;
  /** Weather files of the host's own command line; everyone else names a configured source. */
  readonly met?: MetInventory;
  /** The same of ocean files. */
  readonly sea?: SeaInventory;
  /** Nominal time of a routine run; absent, the latest of 00, 06, 12 and 18 UTC. */
  readonly cycle?: CyclePoint;
  /** Used in place of the pipelines that there are, by tests. */
  readonly module?: PipelineModule;
  /** Whom the run is for, where it is not the actor: a child run belongs to whom its parent belongs to. */
  readonly owner?: { readonly organisationId: OrganisationId | null; readonly requestedBy: UserId | null };
};

/**
 * Starts a run, or finds the one that the same key or the same cycle started before.
 * @throws {NereusError} pipeline-unknown, pipeline-unrunnable, input-invalid, met-*, what the pipeline's `prepare` throws, not-permitted
 */
export async function requestRun(
  ctx: ServiceContext,
  request: RunRequest,
): Promise<{ readonly runId: RunId; readonly created: boolean }> {
  const module = request.module ?? (await demandPipeline(ctx.db, request.pipelineId));
  const { definition } = module;
  const isForOperators = definition.kind === "routinary" || module.forOperators === true;
  demand(ctx.actor, isForOperators ? "start a routine run" : "request a run");
  demandRunnable(definition);
  const at = ctx.now();
  const cycle = definition.kind === "routinary" ? (request.cycle ?? latestSynopticCycle(at)) : null;
  const idempotencyKey = scopeKey(ctx.actor, request.idempotencyKey);
  const earlier = await findEarlier(ctx, { idempotencyKey, module, cycle });
  if (earlier !== null) return { runId: earlier, created: false };

  const input = await prepareInput(ctx, { request, module, cycle });
  const versionHash = await currentVersion(definition, ctx.config.programsPath);
  const owner = request.owner ?? ownerOf(ctx.actor);
  const plan = { definition, versionHash, input, cycle, ...owner, idempotencyKey, at: ctx.now() };
  const runId = await ctx.db.transaction(async (tx) => {
    const made = await planRun(tx, plan);
    if (made === null) return null;
    const detail = { pipeline: definition.id, cycle, version: versionHash };
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "request a run", subject: made, detail });
    return made;
  });
  if (runId !== null) return { runId, created: true };
  const other = await findEarlier(ctx, { idempotencyKey, module, cycle });
  if (other === null) throw new Error(`run of ${definition.id} was neither made nor found`);
  return { runId: other, created: false };
}

const ownerOf = (actor: Actor) =>
  actor.kind === "user"
    ? { organisationId: actor.organisationId, requestedBy: actor.userId }
    : { organisationId: null, requestedBy: null };

/** Keys of two people never meet. */
function scopeKey(actor: Actor, key: string | undefined): string | null {
  if (key === undefined) return null;
  return actor.kind === "user" ? `${actor.userId}:${key}` : `host:${key}`;
}

async function findEarlier(
  ctx: ServiceContext,
  same: { idempotencyKey: string | null; module: PipelineModule; cycle: CyclePoint | null },
): Promise<RunId | null> {
  const byKey = same.idempotencyKey === null ? null : await findRunByKey(ctx.db, same.idempotencyKey);
  if (byKey !== null) return byKey.id;
  const { id } = same.module.definition;
  return same.cycle === null ? null : ((await findRunOfCycle(ctx.db, id, same.cycle))?.id ?? null);
}

async function prepareInput(
  ctx: ServiceContext,
  what: { request: RunRequest; module: PipelineModule; cycle: CyclePoint | null },
): Promise<RunInput> {
  const { request, module, cycle } = what;
  const parsed = module.input.safeParse(request.input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") || (issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "input");
    throw new NereusError("input-invalid", { field, problem: issue?.message ?? "is not valid" });
  }
  const given = request.met ?? request.sea;
  if (given !== undefined && ctx.actor.kind !== "host")
    throw new NereusError("met-path-not-allowed", { met: given.source });
  const hostFile = module.hostFiles?.find((field) => Object.hasOwn(parsed.data, field));
  // The child of somebody's run is started by the host, with what they gave.
  const isForPerson = ctx.actor.kind !== "host" || (request.owner?.requestedBy ?? null) !== null;
  if (hostFile !== undefined && isForPerson) throw new NereusError("host-file-not-allowed", { field: hostFile });
  const met = module.needsMet ? (request.met ?? (await resolveMet(ctx, parsed.data.met))) : null;
  const sea = module.needsSea ? (request.sea ?? (await resolveSea(ctx, parsed.data.sea))) : null;
  return module.prepare(parsed.data, { nowUtc: ctx.now().toISOString(), cycle, met, sea, limits: ctx.config.limits });
}
