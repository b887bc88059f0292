import { and, eq, notInArray } from "drizzle-orm";
import { node, run, task } from "@/drizzle/schema/engine";
import type { Changes, NewTask } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import { isTerminalRun, isTerminalTask, taskStates } from "@/lib/dag/state";
import { asId, type RunId, type TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { appendEvents, type NewEvent } from "@/server/store/event";

const endedStates = taskStates.filter(isTerminalTask);
const rowsPerInsert = 2000;

/**
 * Writes what was decided: rows, events with one notification, and the wake-up for what became ready. The caller holds
 * the run's lock.
 */
export async function applyChanges(
  tx: Tx,
  runId: RunId,
  what: { readonly changes: Changes; readonly graph: Graph; readonly at: Date; readonly events?: readonly NewEvent[] },
): Promise<void> {
  const { changes, at } = what;
  const events: NewEvent[] = [...(what.events ?? [])];
  if (changes.task !== null) events.push(...(await writeTask(tx, changes.task, at)));
  events.push(...(await insertTasks(tx, runId, what)));
  if (changes.cancelOpenTasks) events.push(...(await cancelOpenTasks(tx, runId, { at, reason: changes.run?.reason })));
  for (const { id, stateChanged, reason, state, tasksTotal, tasksLeft, upstreamLeft } of changes.nodes) {
    const values = { state, tasksTotal, tasksLeft, upstreamLeft, ...(stateChanged ? { reason } : {}) };
    await tx
      .update(node)
      .set(values)
      .where(and(eq(node.runId, runId), eq(node.nodeId, id)));
    if (stateChanged) events.push({ kind: "node-state", nodeId: id, data: { state, reason } });
  }
  if (changes.run !== null) events.push(await writeRun(tx, runId, { change: changes.run, at }));
  await appendEvents(tx, runId, events);
  if (changes.newTasks.length > 0 || changes.task?.state === "ready") await enqueue(tx, "start-ready");
}

async function writeTask(tx: Tx, change: NonNullable<Changes["task"]>, at: Date): Promise<readonly NewEvent[]> {
  const { id, state, failures, reason } = change;
  const times = state === "ready" ? { readyAt: at } : { endedAt: at };
  const [row] = await tx
    .update(task)
    .set({ state, failures, reason, ...times })
    .where(eq(task.id, id))
    .returning({ nodeId: task.nodeId, key: task.key, attempts: task.attempts });
  if (!row) return [];
  const data = { state, reason, key: row.key, attempt: row.attempts };
  return [{ kind: "task-state", nodeId: row.nodeId, taskId: id, data }];
}

async function insertTasks(
  tx: Tx,
  runId: RunId,
  what: { readonly changes: Changes; readonly graph: Graph; readonly at: Date },
): Promise<readonly NewEvent[]> {
  const rows = what.changes.newTasks.map((made) => ({
    ...made,
    id: taskIdOf(runId, made),
    runId,
    state: "ready" as const,
    pool: what.graph.byId.get(made.nodeId)?.pool ?? "light",
    cpus: what.graph.byId.get(made.nodeId)?.cpus ?? 1,
    readyAt: what.at,
  }));
  for (let at = 0; at < rows.length; at += rowsPerInsert)
    await tx.insert(task).values(rows.slice(at, at + rowsPerInsert));
  return rows.map(({ id, nodeId, key, state }) => ({
    kind: "task-state",
    nodeId,
    taskId: id,
    data: { state, reason: null, key },
  }));
}

/** A task is named by its place, so that planning the same twice cannot make it twice. */
const taskIdOf = (runId: RunId, made: NewTask): TaskId => asId<TaskId>(`${runId}.${made.nodeId}.${made.position}`);

async function cancelOpenTasks(
  tx: Tx,
  runId: RunId,
  end: { readonly at: Date; readonly reason: string | null | undefined },
): Promise<readonly NewEvent[]> {
  const rows = await tx
    .update(task)
    .set({ state: "cancelled", endedAt: end.at, reason: end.reason ?? null })
    .where(and(eq(task.runId, runId), notInArray(task.state, endedStates)))
    .returning({ id: task.id, nodeId: task.nodeId, key: task.key, attempt: task.attempts });
  return rows.map(({ id, nodeId, key, attempt: number }) => ({
    kind: "task-state",
    nodeId,
    taskId: id,
    data: { state: "cancelled", reason: end.reason ?? null, key, attempt: number },
  }));
}

async function writeRun(
  tx: Tx,
  runId: RunId,
  what: { readonly change: NonNullable<Changes["run"]>; readonly at: Date },
): Promise<NewEvent> {
  const { state, reason, completeness } = what.change;
  const times = isTerminalRun(state) ? { endedAt: what.at } : { startedAt: what.at };
  await tx
    .update(run)
    .set({ state, reason, completeness, ...times })
    .where(eq(run.id, runId));
  return { kind: "run-state", data: { state, reason, completeness } };
}
