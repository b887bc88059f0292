import { buildGraph, type GraphNode } from "@/lib/dag/graph";
import { isTerminalNode, type NodeState, type RunState, type TaskState } from "@/lib/dag/state";
import { type Hold, type PoolUse, type WhyReason, type WhyRun, whyNode, whyRun, whyTask } from "@/lib/dag/why";
import { NereusError } from "@/lib/errors";
import { asId, type NodeId, type RunId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { listKnown } from "@/server/services/runs/list-known";
import { readNodes } from "@/server/store/dag-state";
import { readLiveWorkers } from "@/server/store/live-workers";
import { readDefinition } from "@/server/store/pipeline-version";
import { findRun, type RunRow } from "@/server/store/run";
import { readTasksOfNode } from "@/server/store/task";
import {
  countAhead,
  type HoldRow,
  type OpenTask,
  readComingDeadlines,
  readHolds,
  readOpenTasks,
  readTakenSlots,
} from "@/server/store/why-facts";

/** Why one thing is where it is: the run (no node), a node (no tasks), or tasks of a node that are all in the same case. */
export type WhyAnswer = {
  readonly node: NodeId | null;
  readonly state: RunState | NodeState | TaskState;
  readonly tasks: { readonly count: number; readonly names: readonly string[] } | null;
  readonly reasons: readonly WhyReason[];
};

/** A worker beats every 15 s; one that was silent for this long is taken for dead, ms. */
const silenceMs = 45_000;
const mostNames = 5;
/** Cases of tasks that are told of one node. */
const mostCases = 20;

/**
 * What a run, one of its nodes or a task of that node waits for; without a node, the run and every node that has not ended.
 * Who held something is told to people with an account alone.
 * @throws {NereusError} run-unknown, node-unknown, task-unknown
 */
export async function explainRun(
  ctx: ServiceContext,
  about: { readonly runId: string; readonly node?: string; readonly task?: string },
): Promise<readonly WhyAnswer[]> {
  const run = await findRun(ctx.db, asId<RunId>(about.runId));
  if (run === null) throw new NereusError("run-unknown", { run: about.runId });
  const definition = await readDefinition(ctx.db, run.versionHash);
  if (definition === null) throw new Error(`pipeline version ${run.versionHash} is not in the database`);
  const { nodes } = buildGraph(definition);
  const names = nodes.map(({ id }) => id);
  if (about.node !== undefined && !names.some((id) => id === about.node))
    throw new NereusError("node-unknown", { run: run.id, node: about.node, known: listKnown(about.node, names) });
  const facts = await readFacts(ctx, run);
  const chosen = nodes.filter(({ id }) =>
    about.node === undefined ? !isTerminalNode(facts.nodes.get(id)?.state ?? "waiting") : id === about.node,
  );
  const tasks = await readOpenTasks(ctx.db, {
    runId: run.id,
    nodes: chosen.map(({ id }) => id),
    ...(about.task === undefined ? {} : { keys: [about.task === about.node ? "" : about.task] }),
  });
  if (about.task !== undefined && tasks.length === 0) throw await taskUnknown(ctx, run, about);
  const whole: WhyAnswer = { node: null, state: run.state, tasks: null, reasons: whyRun(facts) };
  const answers: WhyAnswer[] = whole.reasons.length > 0 || about.node === undefined ? [whole] : [];
  for (const node of chosen) {
    const state = facts.nodes.get(node.id)?.state ?? "waiting";
    const reasons = whyNode(facts, node);
    // A lone task tells the same itself.
    const isLone = facts.nodes.get(node.id)?.tasksTotal === 1 && reasons.every(({ kind }) => kind === "tasks");
    if (about.task === undefined && !isLone) answers.push({ node: node.id, state, tasks: null, reasons });
    answers.push(
      ...(await explainTasks(ctx, facts, { node, tasks: tasks.filter(({ nodeId }) => nodeId === node.id) })),
    );
  }
  return answers;
}

async function readFacts(ctx: ServiceContext, run: RunRow): Promise<WhyRun> {
  const now = ctx.now();
  const deadlines = await readComingDeadlines(ctx.db, run.id, now);
  return {
    state: run.state,
    reason: run.reason,
    cancelReason: run.cancelRequestedAt === null ? null : (run.cancelReason ?? ""),
    hasWorker: (await readLiveWorkers(ctx.db, new Date(now.getTime() - silenceMs))).length > 0,
    nodes: await readNodes(ctx.db, run.id),
    holds: (await readHolds(ctx.db, run.id)).map((row) => holdOf(row, ctx.actor.kind !== "anonymous")),
    pools: await readPools(ctx),
    deadlines: deadlines.map(({ dueAt, ...rest }) => ({ ...rest, at: dueAt.toISOString() })),
  };
}

/** The rows are written by `operateRun` alone. */
function holdOf({ at, actorKind, actorName, reason, detail }: HoldRow, isNamed: boolean): Hold {
  const by = actorKind === "host" ? "host" : (actorName ?? "");
  return {
    node: typeof detail.node === "string" ? detail.node : null,
    tasks: Array.isArray(detail.tasks) ? detail.tasks.map(String) : null,
    by: isNamed ? by : "",
    at: at.toISOString(),
    reason: reason ?? "",
  };
}

/** Every pool of every site, with what is taken of it now. */
async function readPools({ db, config }: ServiceContext): Promise<readonly PoolUse[]> {
  const taken = await readTakenSlots(db);
  const sites = {
    local: config.slots,
    ...Object.fromEntries(Object.entries(config.sites).map(([id, { pools }]) => [id, pools])),
  };
  return Object.entries(sites).flatMap(([site, pools]) =>
    Object.entries(pools).map(([pool, slots]) => ({
      ...{ site, pool, slots },
      taken: taken.find((use) => use.site === site && use.pool === pool)?.taken ?? 0,
    })),
  );
}

/** Tasks with the same reasons are told together. */
async function explainTasks(
  ctx: ServiceContext,
  facts: WhyRun,
  of: { readonly node: GraphNode; readonly tasks: readonly OpenTask[] },
): Promise<readonly WhyAnswer[]> {
  const cases = new Map<string, WhyAnswer & { readonly tasks: { count: number; names: string[] } }>();
  // The first of them has the fewest before it; to count for each would read the queue as often as there are tasks.
  const firstReady = of.tasks.find(({ state }) => state === "ready");
  const ahead = firstReady === undefined ? 0 : await countAhead(ctx.db, firstReady);
  for (const task of of.tasks) {
    const reasons = whyTask(facts, of.node, { ...task, ...atSite(task), ahead });
    // Two that run at the same site are the same case, whenever each began.
    const key = JSON.stringify([task.state, reasons], (name, value) => (name === "since" ? undefined : value));
    const known = cases.get(key);
    const entry = known ?? { node: of.node.id, state: task.state, tasks: { count: 0, names: [] }, reasons };
    if (known === undefined) cases.set(key, entry);
    entry.tasks.count += 1;
    if (entry.tasks.names.length < mostNames) entry.tasks.names.push(task.key || of.node.id);
  }
  return [...cases.values()].slice(0, mostCases);
}

function atSite({ site, submittedAt, startedAt, dueAt }: OpenTask) {
  const since = startedAt ?? submittedAt;
  return {
    dueAt: dueAt?.toISOString() ?? null,
    attempt: site === null ? null : { site, since: since?.toISOString() ?? "" },
  };
}

async function taskUnknown(
  ctx: ServiceContext,
  run: RunRow,
  about: { readonly node?: string; readonly task?: string },
): Promise<NereusError> {
  const { node = "", task = "" } = about;
  const all = await readTasksOfNode(ctx.db, { runId: run.id, nodeId: asId<NodeId>(node) });
  return new NereusError("task-unknown", {
    node,
    task,
    known: listKnown(
      task,
      all.map(({ key }) => key || node),
    ),
  });
}
