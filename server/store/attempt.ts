import { and, asc, count, eq, inArray, isNull, lt, ne, or } from "drizzle-orm";
import { attempt, task } from "@/drizzle/schema/engine";
import { type AttemptState, attemptStates, isLiveAttempt, isTerminalTask, taskStates } from "@/lib/dag/state";
import type { AttemptId, NodeId } from "@/lib/ids";
import { webExit } from "@/lib/web/web-exit";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type AttemptRow = typeof attempt.$inferSelect;
/** What names an attempt, its place and its task. */
export type AttemptRef = Pick<
  AttemptRow,
  "id" | "runId" | "taskId" | "number" | "generation" | "token" | "scratch" | "jobId"
> & { readonly nodeId: NodeId; readonly taskKey: string };
/** An attempt with what polling needs of its task. */
export type LiveAttempt = AttemptRow & AttemptRef;

const liveStates = attemptStates.filter(isLiveAttempt);
const endedTaskStates = taskStates.filter(isTerminalTask);

export async function findAttempt(db: Reader, attemptId: AttemptId): Promise<AttemptRow | null> {
  const [row] = await db.select().from(attempt).where(eq(attempt.id, attemptId));
  return row ?? null;
}

/**
 * Takes an attempt that may still change its task: it is live, the newest of its task and of the task's generation.
 * Late and doubled reports find null (fencing).
 */
export async function fenceAttempt(tx: Tx, attemptId: AttemptId): Promise<LiveAttempt | null> {
  const [row] = await tx
    .select({ attempt, nodeId: task.nodeId, taskKey: task.key })
    .from(attempt)
    .innerJoin(
      task,
      and(eq(task.id, attempt.taskId), eq(task.attempts, attempt.number), eq(task.generation, attempt.generation)),
    )
    .where(and(eq(attempt.id, attemptId), inArray(attempt.state, liveStates)))
    .for("no key update", { of: attempt });
  return row ? { ...row.attempt, nodeId: row.nodeId, taskKey: row.taskKey } : null;
}

export async function updateAttempt(tx: Tx, attemptId: AttemptId, values: Partial<AttemptRow>): Promise<void> {
  await tx.update(attempt).set(values).where(eq(attempt.id, attemptId));
}

/**
 * Live attempts of a site that this worker may look after: its own, and those whose worker let the lease run out. Taken
 * over and leased anew in the same statement.
 */
export async function leaseAttempts(
  db: Reader,
  lease: { readonly site: string; readonly workerId: string; readonly now: Date; readonly until: Date },
): Promise<readonly AttemptRow[]> {
  // A row that a step has locked is being told about, so it needs no lease; waiting for it could close a circle.
  const free = db
    .select({ id: attempt.id })
    .from(attempt)
    .where(
      and(
        eq(attempt.liveSite, lease.site),
        or(eq(attempt.workerId, lease.workerId), isNull(attempt.leaseExpiresAt), lt(attempt.leaseExpiresAt, lease.now)),
      ),
    )
    .for("update", { skipLocked: true });
  return db
    .update(attempt)
    .set({ workerId: lease.workerId, leaseExpiresAt: lease.until })
    .where(inArray(attempt.id, free))
    .returning();
}

/** Live attempts of this worker at a site whose task has not ended, oldest first. */
export async function readLiveAttempts(
  db: Reader,
  of: { readonly site: string; readonly workerId: string; readonly states: readonly AttemptState[] },
): Promise<readonly LiveAttempt[]> {
  const rows = await db
    .select({ attempt, nodeId: task.nodeId, taskKey: task.key })
    .from(attempt)
    .innerJoin(task, eq(task.id, attempt.taskId))
    .where(
      and(eq(attempt.liveSite, of.site), eq(attempt.workerId, of.workerId), inArray(attempt.state, [...of.states])),
    )
    .orderBy(asc(attempt.submittedAt));
  return rows.map((row) => ({ ...row.attempt, nodeId: row.nodeId, taskKey: row.taskKey }));
}

/** Live attempts of a site whose task has ended without them: their jobs have to be stopped. */
export async function readOrphanAttempts(db: Reader, site: string): Promise<readonly AttemptRow[]> {
  const rows = await db
    .select({ attempt })
    .from(attempt)
    .innerJoin(task, eq(task.id, attempt.taskId))
    .where(
      and(
        eq(attempt.liveSite, site),
        or(
          inArray(task.state, endedTaskStates),
          ne(task.attempts, attempt.number),
          ne(task.generation, attempt.generation),
        ),
      ),
    );
  return rows.map((row) => row.attempt);
}

/**
 * How many attempts of a web task have ended with a clear answer of the server: all that it refused, and those of earlier
 * generations that it granted. What it granted in this one is not asked for anew, even when its answer was of no use.
 */
export async function countAnswered(
  db: Reader,
  { taskId, generation }: Pick<AttemptRef, "taskId" | "generation">,
): Promise<number> {
  const granted = and(inArray(attempt.exitCode, [0, webExit.unusable]), lt(attempt.generation, generation));
  const clear = or(eq(attempt.exitCode, webExit.answered), granted);
  const [row] = await db
    .select({ answered: count() })
    .from(attempt)
    .where(and(eq(attempt.taskId, taskId), clear));
  return row?.answered ?? 0;
}
