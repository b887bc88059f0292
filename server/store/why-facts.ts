import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import { user } from "@/drizzle/schema/accounts";
import { attempt, runDeadline, task } from "@/drizzle/schema/engine";
import { audit } from "@/drizzle/schema/portal";
import { wait } from "@/drizzle/schema/waits";
import { isTerminalTask, taskStates } from "@/lib/dag/state";
import type { NodeId, RunId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

const endedStates = taskStates.filter(isTerminalTask);
/** A run is held and released a few times; older rows say nothing about what is held now. */
const mostHolds = 100;

export type HoldRow = {
  readonly at: Date;
  readonly actorKind: "user" | "host" | "system";
  readonly actorName: string | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Who held something of a run, newest first. */
export async function readHolds(db: Reader, runId: RunId): Promise<readonly HoldRow[]> {
  return db
    .select({
      at: audit.at,
      actorKind: audit.actorKind,
      actorName: user.name,
      reason: audit.reason,
      detail: audit.detail,
    })
    .from(audit)
    .leftJoin(user, eq(user.id, audit.actorId))
    .where(and(eq(audit.subject, runId), eq(audit.verb, "hold a run")))
    .orderBy(desc(audit.id))
    .limit(mostHolds);
}

/** Slots taken now, by site and pool. */
export async function readTakenSlots(
  db: Reader,
): Promise<readonly { readonly site: string; readonly pool: string; readonly taken: number }[]> {
  return db
    .select({ site: attempt.site, pool: attempt.pool, taken: sql<number>`sum(${attempt.slots})::int` })
    .from(attempt)
    .where(isNotNull(attempt.liveSite))
    .groupBy(attempt.site, attempt.pool);
}

/** Deadlines of a run's inputs that are still to come. */
export async function readComingDeadlines(
  db: Reader,
  runId: RunId,
  now: Date,
): Promise<readonly { readonly nodeId: NodeId; readonly input: string; readonly dueAt: Date }[]> {
  return db
    .select({ nodeId: runDeadline.nodeId, input: runDeadline.input, dueAt: runDeadline.dueAt })
    .from(runDeadline)
    .where(and(eq(runDeadline.runId, runId), gt(runDeadline.dueAt, now)))
    .orderBy(asc(runDeadline.dueAt));
}

const openColumns = {
  nodeId: task.nodeId,
  key: task.key,
  state: task.state,
  pool: task.pool,
  reason: task.reason,
  waitsFor: wait.reason,
  dueAt: task.dueAt,
  priority: task.priority,
  readyAt: task.readyAt,
  position: task.position,
  site: attempt.site,
  submittedAt: attempt.submittedAt,
  startedAt: attempt.startedAt,
};
export type OpenTask = Awaited<ReturnType<typeof readOpenTasks>>[number];

/**
 * Tasks of some nodes with the newest attempt of each, by position.
 * @param of.keys  absent: those that have not ended
 */
export async function readOpenTasks(
  db: Reader,
  of: { readonly runId: RunId; readonly nodes: readonly NodeId[]; readonly keys?: readonly string[] },
) {
  if (of.nodes.length === 0) return [];
  const which = of.keys === undefined ? notInArray(task.state, endedStates) : inArray(task.key, [...of.keys]);
  return db
    .select(openColumns)
    .from(task)
    .leftJoin(wait, eq(wait.taskId, task.id))
    .leftJoin(
      attempt,
      and(eq(attempt.runId, task.runId), eq(attempt.taskId, task.id), eq(attempt.number, task.attempts)),
    )
    .where(and(eq(task.runId, of.runId), inArray(task.nodeId, [...of.nodes]), sql`not ${task.superseded}`, which))
    .orderBy(asc(task.position));
}

/** Ready tasks of a pool that are claimed before this one, in the order of the claim. */
export async function countAhead(
  db: Reader,
  of: Pick<OpenTask, "pool" | "priority" | "readyAt" | "position">,
): Promise<number> {
  const { pool, priority, readyAt, position } = of;
  const isEarlier: SQL | undefined =
    readyAt === null
      ? undefined
      : and(
          eq(task.priority, priority),
          or(lt(task.readyAt, readyAt), and(eq(task.readyAt, readyAt), lt(task.position, position))),
        );
  const [row] = await db
    .select({ ahead: count() })
    .from(task)
    .where(and(eq(task.readyPool, pool), or(gt(task.priority, priority), isEarlier)));
  return row?.ahead ?? 0;
}
