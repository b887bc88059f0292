import { and, eq, inArray, isNotNull, min, sql } from "drizzle-orm";
import { wait } from "@/drizzle/schema/waits";
import type { TaskState } from "@/lib/dag/state";
import type { RunId, TaskId } from "@/lib/ids";
import type { WaitKind } from "@/lib/pipeline/sensor";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type WaitRow = typeof wait.$inferSelect;
/** A wait that this worker looks after until `lease`. */
export type DueWait = WaitRow & { readonly taskState: TaskState; readonly lease: Date };

/** Writes that tasks have begun to wait, those of the nodes that do; one that waits again begins anew. */
export async function beginWaits(
  tx: Tx,
  of: {
    readonly taskIds: readonly TaskId[];
    readonly kinds: readonly Pick<WaitRow, "nodeId" | "kind">[];
    readonly at: Date;
  },
): Promise<void> {
  const now = of.at.toISOString();
  await tx.execute(sql`
    insert into wait (task_id, run_id, node_id, kind, since, due_at)
    select t.id, t.run_id, t.node_id, k.kind, ${now}::timestamptz, ${now}::timestamptz
    from task t
    join jsonb_to_recordset(${JSON.stringify(of.kinds)}::jsonb) as k("nodeId" text, kind text) on k."nodeId" = t.node_id
    where t.id = any(${sql.param([...of.taskIds])}::text[])
    on conflict (task_id) do update
    set since = excluded.since, due_at = excluded.due_at, found = null, reason = null, key = null,
      -- A child that is live is not forgotten: the next look ends it.
      seen = case when wait.kind = 'child' and wait.key is not null then jsonb_build_object('former', wait.key) end`);
}

/**
 * Takes waits whose look is due, those that are due longest first, and puts their next look off to `lease`: no other
 * worker looks at the same meanwhile, and one that dies has its waits looked at then.
 */
export async function takeDueWaits(
  db: Reader,
  of: { readonly kinds: readonly WaitKind[]; readonly now: Date; readonly lease: Date; readonly most: number },
): Promise<readonly DueWait[]> {
  const { kinds, now, lease, most } = of;
  const { rows } = await db.execute<{ taskId: TaskId; taskState: TaskState }>(sql`
    update wait w set due_at = ${lease.toISOString()}::timestamptz
    from (
      select d.task_id, t.state from wait d join task t on t.id = d.task_id
      where d.due_at <= ${now.toISOString()}::timestamptz and d.kind in ${kinds}
      order by d.due_at limit ${most} for update of d skip locked
    ) due
    where w.task_id = due.task_id
    returning w.task_id as "taskId", due.state as "taskState"`);
  const stateOf = new Map(rows.map(({ taskId, taskState }) => [taskId, taskState]));
  if (stateOf.size === 0) return [];
  const taken = await db
    .select()
    .from(wait)
    .where(inArray(wait.taskId, [...stateOf.keys()]));
  return taken.map((row) => ({ ...row, taskState: stateOf.get(row.taskId) ?? "waiting", lease }));
}

/** What a look leaves behind. */
export type WaitNote = Pick<WaitRow, "taskId" | "dueAt" | "key" | "seen" | "found" | "reason">;

/** Writes what looks saw. What was decided or woken since they began stays: it is looked at again. */
export async function noteWaits(db: Reader, notes: readonly WaitNote[], lease: Date): Promise<void> {
  if (notes.length === 0) return;
  await db.execute(sql`
    update wait w
    set due_at = case when w.due_at = ${lease.toISOString()}::timestamptz then n."dueAt" else w.due_at end,
      key = n.key, seen = n.seen, found = coalesce(n.found, w.found), reason = n.reason
    from jsonb_to_recordset(${JSON.stringify(notes)}::jsonb)
      as n("taskId" text, "dueAt" timestamptz, key text, seen jsonb, found jsonb, reason text)
    where w.task_id = n."taskId"`);
}

export async function readWait(db: Reader, taskId: TaskId): Promise<WaitRow | null> {
  const [row] = await db.select().from(wait).where(eq(wait.taskId, taskId));
  return row ?? null;
}

/** The next look of these kinds; null when none is due by itself. */
export async function readNextWait(db: Reader, kinds: readonly WaitKind[]): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(wait.dueAt) })
    .from(wait)
    .where(and(isNotNull(wait.dueAt), inArray(wait.kind, [...kinds])));
  return row?.at ?? null;
}

/**
 * Has looked at now whatever waits for these runs, which have ended, and what they wait for themselves: their children.
 * @returns whether anything does
 */
export async function wakeWaiters(db: Reader, runs: readonly RunId[], at: Date): Promise<boolean> {
  const now = at.toISOString();
  const { rows } = await db.execute<{ woken: boolean }>(sql`
    with ended as materialized (
      select id, pipeline_id, cycle from run where id in ${runs}
    ), by_key as (
      update wait set due_at = ${now}::timestamptz
      from (select unnest(array['run ' || id, 'cycle ' || pipeline_id || ' ' || cycle]) as key from ended) named
      where wait.key = named.key
      returning 1
    ), own as (
      update wait set due_at = ${now}::timestamptz
      from ended where wait.run_id = ended.id and wait.kind = 'child' and wait.key is not null
      returning 1
    ), inputs as (
      update run_source s set due_at = ${now}::timestamptz
      from ended where s.pipeline_id = ended.pipeline_id and s.cycle = ended.cycle and s.due_at is not null
      returning 1
    )
    select exists (select from by_key) or exists (select from own) or exists (select from inputs) as woken`);
  return rows[0]?.woken ?? false;
}

/** Keys of waits: the end of a run, and that of the run of a cycle. */
export const runKey = (runId: string): string => `run ${runId}`;
export const cycleKey = (pipelineId: string, cycle: string): string => `cycle ${pipelineId} ${cycle}`;
