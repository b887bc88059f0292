import { and, eq, notInArray, sql } from "drizzle-orm";
import { node, run } from "@/drizzle/schema/engine";
import type { Changes, NewTask, TaskChange } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import { isTerminalNode, isTerminalRun, isTerminalTask, nodeStates, taskStates } from "@/lib/dag/state";
import { asId, type RunId, type TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { appendEvents, eventChannel, type NewEvent } from "@/server/store/event";
import type { RunRow } from "@/server/store/run";
import { beginWaits } from "@/server/store/wait";

const endedTasks = taskStates.filter(isTerminalTask);
const endedNodes = nodeStates.filter(isTerminalNode);

type Decided = {
  readonly changes: Changes;
  readonly graph: Graph;
  readonly at: Date;
  /** What was published is made again, so that it gets a place of its own. */
  readonly republishes?: boolean;
};

/**
 * Writes what the pure planner decided: rows, events with one notification, and the wake-up for what became ready; a few
 * statements whatever the number of tasks. The caller holds the run's lock.
 */
export async function applyChanges(tx: Tx, of: Pick<RunRow, "id" | "generation">, what: Decided): Promise<void> {
  const { changes, at } = what;
  const generation = changes.run?.generation ?? of.generation;
  await supersede(tx, changes.supersededTasks, at);
  await writeTasks(tx, of.id, what);
  await writePriorities(tx, changes.tasks);
  await insertTasks(tx, of.id, { ...what, generation });
  if (changes.cancelOpenTasks) await cancelOpenTasks(tx, of.id, { at, reason: changes.run?.reason ?? null });
  const events: NewEvent[] = [...(await writeNodes(tx, of.id, changes.nodes))];
  if (changes.run !== null) events.push(await writeRun(tx, of.id, { ...what, change: changes.run }));
  await appendEvents(tx, of.id, events);
  await startWaits(tx, of.id, { ...what, generation });
  // A run that was held has had ready tasks all the while.
  const starts =
    changes.run?.state === "running" || [...changes.newTasks, ...changes.tasks].some(({ state }) => state === "ready");
  if (starts) await enqueue(tx, "start-ready");
}

/** Tasks that have come to wait as rows, new ones and those that wait again. */
async function startWaits(tx: Tx, runId: RunId, what: Decided & { readonly generation: number }): Promise<void> {
  const { changes, graph, generation, at } = what;
  const kinds = graph.nodes.flatMap(({ id, waitsFor }) => (waitsFor === null ? [] : [{ nodeId: id, kind: waitsFor }]));
  if (kinds.length === 0) return;
  const isWaiting = ({ state, priority }: { readonly state: string; readonly priority?: number }) =>
    state === "waiting" && priority === undefined;
  const again = changes.tasks.filter(isWaiting).map(({ id }) => id);
  const made = changes.newTasks.filter(isWaiting).map((task) => taskIdOf(runId, task, generation));
  const taskIds = [...again, ...made];
  if (taskIds.length === 0) return;
  await beginWaits(tx, { taskIds, kinds, at });
  await enqueue(tx, "watch");
}

/** What has not ended of them is cancelled, so that it is neither started nor listened to any more. */
async function supersede(tx: Tx, tasks: readonly TaskId[], at: Date): Promise<void> {
  if (tasks.length === 0) return;
  const ids = sql.param([...tasks]);
  await tx.execute(sql`
    with gone as (
      update task set superseded = true,
        state = case when state in ${endedTasks} then state else 'cancelled' end,
        ended_at = case when state in ${endedTasks} then ended_at else ${at.toISOString()}::timestamptz end
      where id = any(${ids}::text[])
    )
    update artifact set superseded = true where task_id = any(${ids}::text[])`);
}

/** A completed task that goes up a generation makes its files again. Equal changes travel once, with the ids that they are of. */
async function writeTasks(tx: Tx, runId: RunId, { changes, at }: Decided): Promise<void> {
  const groups = new Map<string, Omit<TaskChange, "id"> & { readonly ids: TaskId[] }>();
  for (const { id, ...change } of changes.tasks) {
    if (change.priority !== undefined) continue;
    const key = JSON.stringify(change);
    const known = groups.get(key);
    if (known) known.ids.push(id);
    else groups.set(key, { ...change, ids: [id] });
  }
  if (groups.size === 0) return;
  const now = at.toISOString();
  await tx.execute(sql`
    with change as materialized (
      select u.id, c.state, c.failures, c.generation, c.reason, c."waitSeconds" as wait_seconds
      from jsonb_to_recordset(${JSON.stringify([...groups.values()])}::jsonb) as c(ids text[], state text,
        failures integer, generation integer, reason text, "waitSeconds" double precision)
      cross join lateral unnest(c.ids) as u(id)
    ), stale as (
      update artifact set superseded = true
      from change c join task t on t.id = c.id and t.state = 'completed' and t.generation < c.generation
      where artifact.task_id = c.id
    ), written as (
      update task t
      set state = c.state, failures = c.failures, generation = c.generation, reason = c.reason,
        ready_at = case when c.state = 'ready' then ${now}::timestamptz else t.ready_at end,
        due_at = case when c.state = 'waiting' and c.wait_seconds > 0
          then ${now}::timestamptz + c.wait_seconds * interval '1 second' end,
        ended_at = case when c.state in ${endedTasks} then coalesce(t.ended_at, ${now}::timestamptz) end
      from change c
      where t.id = c.id
      returning t.id, t.node_id, t.key, t.state, t.reason, t.attempts
    )
    ${toldOf(runId, now)}`);
}

/** Nothing else of these tasks changes: one that waits for its time still does. */
async function writePriorities(tx: Tx, tasks: readonly TaskChange[]): Promise<void> {
  const idsOf = new Map<number, TaskId[]>();
  for (const { id, priority } of tasks) {
    if (priority === undefined) continue;
    const known = idsOf.get(priority);
    if (known) known.push(id);
    else idsOf.set(priority, [id]);
  }
  for (const [priority, ids] of idsOf)
    await tx.execute(sql`update task set priority = ${priority} where id = any(${sql.param(ids)}::text[])`);
}

/**
 * Events of tasks, those of a query named `written`, told to whoever follows the run. More than 50 of a node are told as
 * a whole: nobody follows them one by one.
 */
const toldOf = (runId: RunId, now: string) => sql`
    insert into event (run_id, at, kind, node_id, task_id, data)
    select ${runId}, ${now}::timestamptz, 'task-state', node_id, id,
      jsonb_build_object('state', state, 'reason', reason, 'key', key, 'attempt', attempts)
    from (select *, count(*) over (partition by node_id) as burst from written) w where burst <= 50
    union all
    select ${runId}, ${now}::timestamptz, 'node-progress', node_id, null, jsonb_build_object('tasks', count(*))
    from written group by node_id having count(*) > 50
    returning pg_notify(${eventChannel}, ${runId})`;

async function insertTasks(tx: Tx, runId: RunId, what: Decided & { readonly generation: number }): Promise<void> {
  const { changes, graph, generation, at } = what;
  if (changes.newTasks.length === 0) return;
  const now = at.toISOString();
  const rows = changes.newTasks.map((made) => {
    const { pool = "light", cpus = 1, priority = 0 } = graph.byId.get(made.nodeId) ?? {};
    return { ...made, id: taskIdOf(runId, made, generation), pool, cpus, priority };
  });
  await tx.execute(sql`
    with written as (
      insert into task (id, run_id, node_id, key, position, state, pool, cpus, priority, input_artifact_id, origin_id,
        generation, ready_at)
      select c.id, ${runId}, c."nodeId", c.key, c.position, c.state, c.pool, c.cpus, c.priority, c."inputArtifactId",
        c."originId", ${generation}, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id text, "nodeId" text, key text, position integer,
        state text, pool text, cpus integer, priority integer, "inputArtifactId" text, "originId" text)
      returning id, node_id, key, state, reason, attempts
    )
    ${toldOf(runId, now)}`);
}

/** A task is named by its place, so that planning the same twice cannot make it twice. */
function taskIdOf(runId: RunId, made: NewTask, generation: number): TaskId {
  const again = generation > 1 ? `.g${generation}` : "";
  return asId<TaskId>(`${runId}.${made.nodeId}.${made.position}${again}`);
}

async function cancelOpenTasks(
  tx: Tx,
  runId: RunId,
  end: { readonly at: Date; readonly reason: string | null },
): Promise<void> {
  const now = end.at.toISOString();
  await tx.execute(sql`
    with written as (
      update task set state = 'cancelled', ended_at = ${now}::timestamptz, reason = ${end.reason}
      where run_id = ${runId} and state not in ${endedTasks} and not superseded
      returning id, node_id, key, state, reason, attempts
    )
    ${toldOf(runId, now)}`);
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
  what: Omit<Decided, "changes"> & { readonly change: NonNullable<Changes["run"]> },
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
    .set({
      state,
      reason,
      completeness,
      generation,
      ...times,
      ...(what.republishes ? { productGeneration: generation } : {}),
    })
    .where(eq(run.id, runId));
  return { kind: "run-state", data: { state, reason, completeness } };
}
