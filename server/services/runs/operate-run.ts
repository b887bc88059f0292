import { type Changes, type DagEvent, type DagState, isNoChange } from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import { type ChangeSummary, describeChanges } from "@/lib/dag/describe-changes";
import { buildGraph, type Graph } from "@/lib/dag/graph";
import type { OperatorWish } from "@/lib/dag/operator-wish";
import { redoneProducts } from "@/lib/dag/redone-products";
import { isTerminalRun } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { asId, type RunId } from "@/lib/ids";
import type { Verb } from "@/lib/verbs";
import { auditActor } from "@/server/services/audit-actor";
import type { Actor, ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { type GivenOutputs, provideOutputs } from "@/server/services/runs/provide-outputs";
import { resolveWish } from "@/server/services/runs/resolve-wish";
import { applyChanges } from "@/server/store/apply-changes";
import { addAudit } from "@/server/store/audit";
import { loadDagState } from "@/server/store/dag-state";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { findGone, insertHandMade, readLenders } from "@/server/store/hand-made";
import { readDefinition } from "@/server/store/pipeline-version";
import { findRun, lockRun, type RunRow } from "@/server/store/run";

export type OperatorRequest = OperatorWish & {
  readonly runId: string;
  /** Kept in the audit log and shown beside what it did. A preview needs none. */
  readonly reason: string;
  /** Tells what would happen and changes nothing. */
  readonly preview?: boolean;
  /** Of the run when it was last looked at; another one means that somebody has rerun it meanwhile. */
  readonly generation?: number;
};

export type OperatorOutcome = {
  readonly runId: RunId;
  readonly preview: boolean;
  /** Of the run before. */
  readonly generation: number;
  readonly summary: ChangeSummary;
};

/**
 * Does what an operator asks of a run, in one transaction on any number of tasks: whoever asks at the same time sees what
 * this left. Jobs of tasks that lose their attempt are stopped by a worker, which is woken.
 * @throws {NereusError} reason-missing, run-unknown, run-changed, artifact-unknown, nothing-to-do, not-permitted, what `resolveWish` and
 *   `provideOutputs` throw
 */
export async function operateRun(ctx: ServiceContext, request: OperatorRequest): Promise<OperatorOutcome> {
  const runId = asId<RunId>(request.runId);
  const preview = request.preview ?? false;
  const reason = request.reason.trim();
  const seen = await findRun(ctx.db, runId);
  demand(ctx.actor, verbOf(ctx.actor, request, seen));
  if (seen === null) throw new NereusError("run-unknown", { run: request.runId });
  if (reason === "" && !preview) throw new NereusError("reason-missing", {});
  const outputs = request.action === "set-output" ? await provideOutputs(ctx, seen, request) : null;
  const what = { ctx, request: { ...request, reason, preview }, outputs };
  const outcome = await ctx.db
    .transaction((tx) => operate(tx, runId, what))
    .catch(async (error: unknown) => {
      await outputs?.discard();
      throw error;
    });
  // Its own way: a worker ends the run, so that its products are labelled first.
  if (!preview && request.action === "cancel") await cancelRun(ctx, { runId, reason });
  return outcome;
}

/** The owner of a run may cancel it and try it again; everything else is for operators. */
function verbOf(actor: Actor, { action, node }: OperatorWish, run: RunRow | null): Verb {
  const own = actor.kind === "user" && run?.requestedBy === actor.userId;
  if (action === "cancel") return own ? "cancel their own run" : "cancel any run";
  return own && action === "rerun" && node === undefined ? "retry their own run" : "operate any run";
}

type Operation = {
  readonly ctx: ServiceContext;
  readonly request: OperatorRequest;
  readonly outputs: GivenOutputs | null;
};

async function operate(tx: Tx, runId: RunId, what: Operation): Promise<OperatorOutcome> {
  const { request } = what;
  const preview = request.preview ?? false;
  const run = preview ? await findRun(tx, runId) : await lockWithLenders(tx, runId, what.outputs);
  if (run === null) throw new NereusError("run-unknown", { run: request.runId });
  if (request.generation !== undefined && request.generation !== run.generation)
    throw new NereusError("run-changed", { run: run.id });
  const decided = await decideWish(tx, run, what);
  const summary = describeChanges(decided.state, decided.changes);
  if (!preview && request.action !== "cancel") await write(tx, run, { ...what, decided, summary });
  return { runId, preview, generation: run.generation, summary };
}

/** Runs whose files are given to this one are held with it, so that they stay; in one order, so that nobody waits in a ring. */
async function lockWithLenders(tx: Tx, runId: RunId, outputs: GivenOutputs | null): Promise<RunRow | null> {
  const lenders = await readLenders(tx, outputs?.lent ?? []);
  const locked = new Map<RunId, RunRow | null>();
  for (const id of [...new Set([runId, ...lenders])].sort()) locked.set(id, await lockRun(tx, id));
  return locked.get(runId) ?? null;
}

type Decision = {
  readonly graph: Graph;
  readonly state: DagState;
  readonly changes: Changes;
  readonly republishes: boolean;
};

async function decideWish(tx: Tx, run: RunRow, { ctx, request, outputs }: Operation): Promise<Decision> {
  const definition = await readDefinition(tx, run.versionHash);
  if (definition === null) throw new Error(`pipeline version ${run.versionHash} is not in the database`);
  const graph = buildGraph(definition);
  const resolved = await resolveWish(tx, run, request, { graph, reason: request.reason });
  const event = outputs === null ? resolved : await withOutputs(tx, run, { ctx, event: resolved, outputs, request });
  const everyTask = request.preview === true && event.kind === "cancel";
  const loaded = await loadDagState(tx, run, { graph, event, now: ctx.now(), everyTask });
  const state = outputs !== null && request.preview ? { ...loaded, artifacts: withTold(loaded, event) } : loaded;
  const changes = decide(state, event);
  const target = [run.id, request.node, ...(request.tasks ?? [])].filter(Boolean).slice(0, 4).join(" ");
  if (isNoChange(changes)) throw new NereusError("nothing-to-do", { action: request.action, target });
  return { graph, state, changes, republishes: republishes(request, state, changes) };
}

/**
 * Whether the run publishes anew from here on. A product that is made again must not lack what stays as it is; when a
 * whole run is tried again, what was published stays.
 */
function republishes(wish: OperatorWish, state: DagState, changes: Changes): boolean {
  const redone = redoneProducts(state, changes);
  const part = redone.find(({ kept }) => kept.length > 0);
  if (part === undefined) return redone.length > 0;
  if (wish.node === undefined) return false;
  const first = state.graph.nodes.find((node) => node.product === part.product);
  throw new NereusError("rerun-publishes-partly", { product: part.product, node: first?.id ?? "" });
}

/** The rows of outputs set by hand come before the decision, which is about them too; a preview only imagines them. */
async function withOutputs(
  tx: Tx,
  run: RunRow,
  what: Operation & { readonly event: DagEvent; readonly outputs: GivenOutputs },
): Promise<DagEvent> {
  const { ctx, event, outputs, request } = what;
  if (event.kind !== "set-outputs") return event;
  const of = { runId: run.id, taskId: event.taskId, at: ctx.now() };
  if (request.preview) return { ...event, artifacts: outputs.imagined(event.taskId) };
  const gone = await findGone(tx, outputs.lent);
  if (gone !== null) throw new NereusError("artifact-unknown", { artifact: gone });
  const artifacts = await insertHandMade(tx, of, outputs);
  const known = new Set(artifacts.map(({ path }) => path));
  const refused = outputs.outputs.find(({ path }) => !known.has(path));
  if (refused !== undefined)
    throw new NereusError("output-already-committed", { node: request.node ?? "", path: refused.path });
  return { ...event, artifacts };
}

const withTold = (state: DagState, event: DagEvent): DagState["artifacts"] =>
  event.kind === "set-outputs" ? [...state.artifacts, ...event.artifacts] : state.artifacts;

async function write(
  tx: Tx,
  run: RunRow,
  what: Operation & { readonly decided: Decision; readonly summary: ChangeSummary },
): Promise<void> {
  const { ctx, request, decided, summary } = what;
  const { changes } = decided;
  await applyChanges(tx, run, { ...decided, at: ctx.now() });
  const { action, node, tasks, downstream, value, outputs } = request;
  const { tasksTotal, jobsStopped } = summary;
  await addAudit(tx, {
    ...auditActor(ctx.actor),
    verb: `${action} a run`,
    subject: run.id,
    reason: request.reason,
    detail: { node, tasks, downstream, value, outputs, tasksTotal, jobsStopped },
  });
  if (jobsStopped > 0) await enqueue(tx, "poll-site");
  if (changes.run !== null && isTerminalRun(changes.run.state)) await enqueue(tx, "sweep");
}
