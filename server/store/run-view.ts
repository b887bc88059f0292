import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { user } from "@/drizzle/schema/accounts";
import { artifact, attempt, event, node, pipelineVersion, run, task, versionEdge } from "@/drizzle/schema/engine";
import { wait } from "@/drizzle/schema/waits";
import type { NodeView, RunSummary, RunView, TaskView } from "@/lib/dag/run-view";
import { isTerminalTask, type RunState, taskStates } from "@/lib/dag/state";
import type { PipelineId, RunId, TaskId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { type AttemptFailureRow, readFailuresOfRun } from "@/server/store/attempt-failure";
import { readChangedInputs } from "@/server/store/changed-inputs";
import { readDecisions } from "@/server/store/content-key";
import type { Reader } from "@/server/store/reader";
import { readSources } from "@/server/store/run-source";

const doneStates = taskStates.filter(isTerminalTask);

/** Runs, newest first. */
export async function readRunSummaries(
  db: Reader,
  filter: {
    readonly limit: number;
    readonly pipelineId?: PipelineId;
    readonly state?: RunState;
    readonly runId?: RunId;
  },
): Promise<readonly RunSummary[]> {
  const rows = await db
    .select({ run, requestedBy: user.name })
    .from(run)
    .leftJoin(user, eq(user.id, run.requestedBy))
    .where(
      and(
        filter.runId === undefined ? undefined : eq(run.id, filter.runId),
        filter.pipelineId === undefined ? undefined : eq(run.pipelineId, filter.pipelineId),
        filter.state === undefined ? undefined : eq(run.state, filter.state),
      ),
    )
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(filter.limit);
  const counts = await countTasks(
    db,
    rows.map((row) => row.run.id),
  );
  return rows.map((row) => ({
    ...summaryOf(row.run),
    requestedBy: row.requestedBy,
    tasksTotal: counts.get(row.run.id)?.total ?? 0,
    tasksDone: counts.get(row.run.id)?.done ?? 0,
    forecast: null,
  }));
}

/** Everything of one run in one read; null when there is none. */
export async function readRunView(db: Reader, runId: RunId): Promise<RunView | null> {
  // The last event comes first: what a follower gets after it is then never older than the rest of the view.
  const [last] = await db
    .select({ id: sql<number>`coalesce(max(${event.id}), 0)::float8` })
    .from(event)
    .where(eq(event.runId, runId));
  const [summary] = await readRunSummaries(db, { limit: 1, runId });
  const [pinned] = await db
    .select({ versionHash: run.versionHash, input: run.input, definition: pipelineVersion.definition })
    .from(run)
    .innerJoin(pipelineVersion, eq(pipelineVersion.hash, run.versionHash))
    .where(eq(run.id, runId));
  if (!summary || !pinned) return null;
  const kinds = new Map(pinned.definition.nodes.map((one) => [one.id, kindOf(one)]));
  return {
    ...summary,
    versionHash: pinned.versionHash,
    input: pinned.input,
    nodes: await readNodes(db, runId, kinds),
    edges: await readEdges(db, pinned.versionHash),
    tasks: await readTasks(db, runId, {
      changedInputs: await readChangedInputs(db, runId, pinned.definition.nodes),
      decisions: await readDecisions(db, runId),
    }),
    artifacts: await readArtifactViews(db, runId),
    sources: await readSources(db, runId),
    lastEventId: last?.id ?? 0,
  };
}

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

function summaryOf(
  row: typeof run.$inferSelect,
): Omit<RunSummary, "requestedBy" | "tasksTotal" | "tasksDone" | "forecast"> {
  const { id, pipelineId, cycle, state, completeness, reason } = row;
  const times = {
    createdAt: row.createdAt.toISOString(),
    startedAt: isoOf(row.startedAt),
    endedAt: isoOf(row.endedAt),
  };
  return { id, pipelineId, cycle, state, completeness, reason, ...times };
}

async function countTasks(db: Reader, runs: readonly RunId[]) {
  if (runs.length === 0) return new Map<RunId, { total: number; done: number }>();
  const rows = await db
    .select({
      id: node.runId,
      total: sql<number>`sum(${node.tasksTotal})::int`,
      left: sql<number>`sum(${node.tasksLeft})::int`,
    })
    .from(node)
    .where(inArray(node.runId, [...runs]))
    .groupBy(node.runId);
  return new Map(rows.map(({ id, total, left }) => [id, { total, done: total - left }]));
}

const kindOf = (of: NodeDefinition): Pick<NodeView, "kind" | "asks"> => ({
  kind: of.kind,
  asks: of.kind === "gate" ? of.title : null,
});

async function readNodes(
  db: Reader,
  runId: RunId,
  kinds: ReadonlyMap<NodeView["id"], Pick<NodeView, "kind" | "asks">>,
): Promise<readonly NodeView[]> {
  const rows = await db
    .select({ id: node.nodeId, state: node.state, reason: node.reason, total: node.tasksTotal, done: count(task.id) })
    .from(node)
    .leftJoin(
      task,
      and(
        eq(task.runId, node.runId),
        eq(task.nodeId, node.nodeId),
        inArray(task.state, doneStates),
        eq(task.superseded, false),
      ),
    )
    .where(eq(node.runId, runId))
    .groupBy(node.runId, node.nodeId)
    .orderBy(asc(node.position));
  return rows.map(({ id, state, reason, total, done }) => ({
    id,
    ...(kinds.get(id) ?? { kind: "program", asks: null }),
    state,
    reason,
    tasksTotal: total,
    tasksDone: done,
  }));
}

async function readEdges(db: Reader, versionHash: string) {
  return db
    .select({
      from: versionEdge.fromNode,
      to: versionEdge.toNode,
      streaming: sql<boolean>`bool_or(${versionEdge.streaming})`,
    })
    .from(versionEdge)
    .where(eq(versionEdge.hash, versionHash))
    .groupBy(versionEdge.fromNode, versionEdge.toNode)
    .orderBy(asc(versionEdge.fromNode), asc(versionEdge.toNode));
}

async function readTasks(
  db: Reader,
  runId: RunId,
  about: {
    readonly changedInputs: ReadonlyMap<TaskId, readonly string[]>;
    readonly decisions: Awaited<ReturnType<typeof readDecisions>>;
  },
): Promise<readonly TaskView[]> {
  const attempts = await db.select().from(attempt).where(eq(attempt.runId, runId)).orderBy(asc(attempt.number));
  // The newest comes first, and the last to be set stays.
  const decisions = new Map(about.decisions.toReversed().map(({ taskId, decision }) => [taskId, decision]));
  const failures = new Map((await readFailuresOfRun(db, runId)).map((row) => [row.attemptId, row]));
  const byTask = new Map<TaskId, (typeof attempts)[number][]>();
  for (const row of attempts) byTask.set(row.taskId, [...(byTask.get(row.taskId) ?? []), row]);
  const rows = await db
    .select({ task, waits: wait.reason })
    .from(task)
    .leftJoin(wait, and(eq(wait.taskId, task.id), eq(task.state, "waiting")))
    .innerJoin(node, and(eq(node.runId, task.runId), eq(node.nodeId, task.nodeId)))
    .where(and(eq(task.runId, runId), eq(task.superseded, false)))
    .orderBy(asc(node.position), asc(task.position));
  return rows.map(({ task: row, waits }) => ({
    id: row.id,
    nodeId: row.nodeId,
    key: row.key,
    state: row.state,
    reason: row.reason ?? waits,
    changedInputs: about.changedInputs.get(row.id) ?? [],
    reuse: decisions.get(row.id) ?? null,
    readyAt: isoOf(row.readyAt),
    startedAt: isoOf(row.startedAt),
    endedAt: isoOf(row.endedAt),
    attempts: (byTask.get(row.id) ?? []).map((one) => attemptView(one, failures.get(one.id))),
  }));
}

function attemptView(
  row: typeof attempt.$inferSelect,
  failed: AttemptFailureRow | undefined,
): TaskView["attempts"][number] {
  const { id, number, state, site, jobId, exitCode, signal, maxRssBytes } = row;
  const times = { submittedAt: isoOf(row.submittedAt), startedAt: isoOf(row.startedAt), endedAt: isoOf(row.endedAt) };
  const failure = failed === undefined ? null : { class: failed.failure, reason: failed.reason, detail: failed.detail };
  return { id, number, state, site, jobId, ...times, exitCode, signal, maxRssBytes, failure };
}

async function readArtifactViews(db: Reader, runId: RunId) {
  const rows = await db
    .select()
    .from(artifact)
    .where(and(eq(artifact.runId, runId), eq(artifact.superseded, false)))
    .orderBy(asc(artifact.committedAt), asc(artifact.path));
  return rows.map(({ id, nodeId, taskId, path, sizeBytes, sha256, committedAt, taintedAt, collectedAt }) => ({
    ...{ id, nodeId, taskId, path, sizeBytes, sha256 },
    committedAt: committedAt.toISOString(),
    taintedAt: isoOf(taintedAt),
    collectedAt: isoOf(collectedAt),
  }));
}
