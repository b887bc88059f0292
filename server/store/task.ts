import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { attempt, run, task } from "@/drizzle/schema/engine";
import type { TaskState } from "@/lib/dag/state";
import { type AttemptId, asId, type SiteId, type TaskId } from "@/lib/ids";
import { type AttemptRow, countTakenSlots } from "@/server/store/attempt";
import type { Tx } from "@/server/store/database";
import { mintId } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";

export type TaskRow = typeof task.$inferSelect;
/** A task that this worker has just taken, with the attempt that it is to start. */
export type ClaimedTask = { readonly task: TaskRow; readonly attempt: AttemptRow };

export type Claim = {
  readonly site: SiteId;
  readonly scratchRoot: string;
  readonly pool: string;
  readonly slots: number;
  readonly workerId: string;
  readonly now: Date;
  readonly leaseUntil: Date;
};

const mostClaimed = 32;

/** Pools that have a task ready to start: most looks find none, and then there is nothing to lock. */
export async function readPoolsWithReadyTasks(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db.selectDistinct({ pool: task.pool }).from(task).where(eq(task.state, "ready"));
  return new Set(rows.map(({ pool }) => pool));
}

/**
 * Takes ready tasks of a pool as far as its slots reach and writes an attempt with its token for each, before anything
 * is prepared or submitted. Two workers never take the same task, nor together more than the slots.
 */
export async function claimReadyTasks(tx: Tx, claim: Claim): Promise<readonly ClaimedTask[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`slots ${claim.site} ${claim.pool}`}))`);
  const free = claim.slots - (await countTakenSlots(tx, claim));
  if (free <= 0) return [];
  const rows = await tx
    .select({ task })
    .from(task)
    .innerJoin(run, eq(run.id, task.runId))
    .where(
      and(eq(task.state, "ready"), eq(task.pool, claim.pool), eq(run.state, "running"), isNull(run.cancelRequestedAt)),
    )
    .orderBy(desc(task.priority), asc(task.readyAt), asc(task.id))
    .limit(Math.min(free, mostClaimed))
    .for("update", { of: task, skipLocked: true });
  const chosen = fitting(
    rows.map((row) => row.task),
    { free, slots: claim.slots },
  );
  if (chosen.length === 0) return [];
  await tx
    .update(task)
    .set({ state: "staging", attempts: sql`${task.attempts} + 1` })
    .where(
      inArray(
        task.id,
        chosen.map(({ id }) => id),
      ),
    );
  const attempts = chosen.map((row) => newAttempt(row, claim));
  await tx.insert(attempt).values(attempts);
  return chosen.map((row, index) => ({ task: row, attempt: rowOf(attempts, index) }));
}

/** Tasks in order while slots last; one that wants more than the pool has takes all of it, alone. */
function fitting(rows: readonly TaskRow[], pool: { free: number; slots: number }): readonly TaskRow[] {
  let { free } = pool;
  const chosen: TaskRow[] = [];
  for (const row of rows) {
    const cost = Math.min(row.cpus, pool.slots);
    if (cost > free) break;
    free -= cost;
    chosen.push(row);
  }
  return chosen;
}

function newAttempt(row: TaskRow, claim: Claim): AttemptRow {
  const number = row.attempts + 1;
  const token = mintId("t", claim.now);
  return {
    id: asId<AttemptId>(mintId("x", claim.now)),
    runId: row.runId,
    taskId: row.id,
    number,
    generation: row.generation,
    token,
    site: claim.site,
    state: "staging",
    jobId: null,
    scratch: `${claim.scratchRoot}/${row.runId}/${row.nodeId}/${row.position}-${number}-${token}`,
    misses: 0,
    workerId: claim.workerId,
    leaseExpiresAt: claim.leaseUntil,
    submittedAt: null,
    startedAt: null,
    endedAt: null,
    exitCode: null,
    signal: null,
    maxRssBytes: null,
    cpuSeconds: null,
  };
}

function rowOf(rows: readonly AttemptRow[], index: number): AttemptRow {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`no attempt ${index} of ${rows.length}`);
  return row;
}

/** Moves a task that has not ended to another live state. */
export async function moveTask(
  tx: Tx,
  taskId: TaskId,
  to: { readonly state: Extract<TaskState, "submitted" | "running">; readonly startedAt?: Date },
): Promise<void> {
  await tx
    .update(task)
    .set(to)
    .where(and(eq(task.id, taskId), inArray(task.state, ["staging", "submitted", "running"])));
}
