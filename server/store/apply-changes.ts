import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { artifact, node, run, task } from "@/drizzle/schema/engine";
import type { Changes, NewTask } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import { isTerminalNode, isTerminalRun, isTerminalTask, nodeStates, taskStates } from "@/lib/dag/state";
import { asId, type RunId, type TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { appendEvents, type NewEvent } from "@/server/store/event";
import type { RunRow } from "@/server/store/run";

const endedTasks = taskStates.filter(isTerminalTask);
const endedNodes = nodeStates.filter(isTerminalNode);

type Decided = { readonly changes: Changes; readonly graph: Graph; readonly at: Date };

/**
 * Writes what the pure planner decided: rows, events with one notification, and the wake-up for what became ready; a few
 * statements whatever the number of tasks. The caller holds the run's lock.
 */
export async function applyChanges(tx: Tx, of: Pick<RunRow, "id" | "generation">, what: Decided): Promise<void> {
  const { changes, at } = what;
  const generation = changes.run?.generation ?? of.generation;
  await supersede(tx, changes.supersededTasks, at);
  const events: NewEvent[] = [...(await writeTasks(tx, changes, at))];
  events.push(...(await insertTasks(tx, of.id, { ...what, generation })));
  if (changes.cancelOpenTasks) events.push(...(await cancelOpenTasks(tx, of.id, { at, reason: changes.run?.reason })));
  events.push(...(await writeNodes(tx, of.id, changes.nodes)));
  if (changes.run !== null) events.push(await writeRun(tx, of.id, { change: changes.run, at }));
  await appendEvents(tx, of.id, events);
  const starts = [...changes.newTasks, ...changes.tasks].some(({ state }) => state === "ready");
  if (starts) await enqueue(tx, "start-ready");
}

/** What has not ended of them is cancelled, so that it is neither started nor listened to any more. */
async function supersede(tx: Tx, tasks: readonly TaskId[], at: Date): Promise<void> {
  if (tasks.length === 0) return;
  const ids = [...tasks];
  await tx
    .update(task)
    .set({ state: "cancelled", endedAt: at })
    .where(and(inArray(task.id, ids), notInArray(task.state, endedTasks)));
  await tx.update(task).set({ superseded: true }).where(inArray(task.id, ids));
  await tx.update(artifact).set({ superseded: true }).where(inArray(artifact.taskId, ids));
}

/** A completed task that goes up a generation makes its files again. */
async function writeTasks(tx: Tx, changes: Changes, at: Date): Promise<readonly NewEvent[]> {
  if (changes.tasks.length === 0) return [];
  const now = at.toISOString();
  const rows = JSON.stringify(changes.tasks);
  await tx.execute(sql`
    update artifact set superseded = true
    from jsonb_to_recordset(${rows}::jsonb) as c(id text, generation integer)
    join task t on t.id = c.id and t.state = 'completed' and t.generation < c.generation
    where artifact.task_id = c.id`);
  const { rows: written } = await tx.execute<WrittenTask>(sql`
    update task t
    set state = c.state, failures = c.failures, generation = c.generation, reason = c.reason,
      priority = coalesce(c.priority, t.priority),
      ready_at = case when c.state = 'ready' then ${now}::timestamptz else t.ready_at end,
      due_at = case when c.state = 'waiting' and c."waitSeconds" > 0
        then ${now}::timestamptz + c."waitSeconds" * interval '1 second' end,
      ended_at = case when c.state in ${endedTasks} then coalesce(t.ended_at, ${now}::timestamptz) end
    from jsonb_to_recordset(${rows}::jsonb) as c(id text, state text, failures integer, generation integer,
      reason text, "waitSeconds" double precision, priority integer)
    where t.id = c.id
    returning t.id, t.node_id as "nodeId", t.key, t.state, t.reason, t.attempts as attempt`);
  return written.map(({ id, nodeId, ...data }) => ({ kind: "task-state", nodeId, taskId: id, data }));
}

type WrittenTask = Pick<typeof task.$inferSelect, "id" | "nodeId" | "key" | "state" | "reason"> & {
  readonly attempt: number;
};

async function insertTasks(
  tx: Tx,
  runId: RunId,
  what: Decided & { readonly generation: number },
): Promise<readonly NewEvent[]> {
  const { changes, graph, generation, at } = what;
  if (changes.newTasks.length === 0) return [];
  const rows = changes.newTasks.map((made) => {
    const { pool = "light", cpus = 1, priority = 0 } = graph.byId.get(made.nodeId) ?? {};
    return { ...made, id: taskIdOf(runId, made, generation), pool, cpus, priority };
  });
  await tx.execute(sql`
    insert into task (id, run_id, node_id, key, position, state, pool, cpus, priority, input_artifact_id, origin_id,
      generation, ready_at)
    select c.id, ${runId}, c."nodeId", c.key, c.position, c.state, c.pool, c.cpus, c.priority, c."inputArtifactId",
      c."originId", ${generation}, ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id text, "nodeId" text, key text, position integer,
      state text, pool text, cpus integer, priority integer, "inputArtifactId" text, "originId" text)`);
  return rows.map(({ id, nodeId, key, state }) => ({
    kind: "task-state",
    nodeId,
    taskId: id,
    data: { state, reason: null, key },
  }));
}

/** A task is named by its place, so that planning the same twice cannot make it twice. */
function taskIdOf(runId: RunId, made: NewTask, generation: number): TaskId {
  const again = generation > 1 ? `.g${generation}` : "";
  return asId<TaskId>(`${runId}.${made.nodeId}.${made.position}${again}`);
}

async function cancelOpenTasks(
  tx: Tx,
  runId: RunId,
  end: { readonly at: Date; readonly reason: string | null | undefined },
): Promise<readonly NewEvent[]> {
  const rows = await tx
    .update(task)
    .set({ state: "cancelled", endedAt: end.at, reason: end.reason ?? null })
    .where(and(eq(task.runId, runId), notInArray(task.state, endedTasks), eq(task.superseded, false)))
    .returning({ id: task.id, nodeId: task.nodeId, key: task.key, attempt: task.attempts });
  return rows.map(({ id, nodeId, key, attempt: number }) => ({
    kind: "task-state",
    nodeId,
    taskId: id,
    data: { state: "cancelled", reason: end.reason ?? null, key, attempt: number },
  }));
}

async function writeNodes(tx: Tx, runId: RunId, nodes: Changes["nodes"]): Promise<readonly NewEvent[]> {
  if (nodes.length === 0) return [];
  await tx.execute(sql`
    update node n
    set state = c.state, tasks_total = c."tasksTotal", tasks_left = c."tasksLeft", tasks_failed = c."tasksFailed",
      partial = c.partial, held = c.held, upstream_left = c."upstreamLeft", reason = case when c."stateChanged" then c.reason else n.reason end
    from jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as c(id text, state text, "tasksTotal" integer,
      "tasksLeft" integer, "tasksFailed" integer, partial boolean, held boolean, "upstreamLeft" integer, reason text, "stateChanged" boolean)
    where n.run_id = ${runId} and n.node_id = c.id`);
  const left = tx.$count(node, and(eq(node.runId, runId), notInArray(node.state, endedNodes)));
  await tx
    .update(run)
    .set({ nodesLeft: await left })
    .where(eq(run.id, runId));
  return nodes
    .filter(({ stateChanged }) => stateChanged)
    .map(({ id, state, reason }) => ({ kind: "node-state", nodeId: id, data: { state, reason } }));
}

async function writeRun(
  tx: Tx,
  runId: RunId,
  what: { readonly change: NonNullable<Changes["run"]>; readonly at: Date },
): Promise<NewEvent> {
  const { state, reason, completeness, generation } = what.change;
  const times = isTerminalRun(state)
    ? { endedAt: what.at }
    : {
        startedAt: sql`coalesce(${run.startedAt}, ${what.at.toISOString()}::timestamptz)`,
        endedAt: null,
        // A wish to cancel was about the generation before.
        cancelRequestedAt: sql`case when ${run.generation} = ${generation} then ${run.cancelRequestedAt} end`,
        cancelReason: sql`case when ${run.generation} = ${generation} then ${run.cancelReason} end`,
      };
  await tx
    .update(run)
    .set({ state, reason, completeness, generation, ...times })
    .where(eq(run.id, runId));
  return { kind: "run-state", data: { state, reason, completeness } };
}
