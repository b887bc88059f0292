import { and, asc, eq, exists, inArray, isNotNull, or, sql } from "drizzle-orm";
import { node, run } from "@/drizzle/schema/engine";
import type { RunState } from "@/lib/dag/state";
import type { CyclePoint, PipelineId, RunId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type RunRow = typeof run.$inferSelect;

const liveStates: readonly RunState[] = ["pending", "running", "held"];

export async function findRun(db: Reader, runId: RunId): Promise<RunRow | null> {
  const [row] = await db.select().from(run).where(eq(run.id, runId));
  return row ?? null;
}

export async function findRunByKey(db: Reader, idempotencyKey: string): Promise<RunRow | null> {
  const [row] = await db.select().from(run).where(eq(run.idempotencyKey, idempotencyKey));
  return row ?? null;
}

export async function findRunOfCycle(db: Reader, pipelineId: PipelineId, cycle: CyclePoint): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(run)
    .where(and(eq(run.pipelineId, pipelineId), eq(run.cycle, cycle)));
  return row ?? null;
}

/** Takes the run for a transition: transitions of one run follow one another. */
export async function lockRun(tx: Tx, runId: RunId): Promise<RunRow | null> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId)).for("no key update");
  return row ?? null;
}

/** Notes that somebody wants the run to end; false when it has ended or was asked before. */
export async function requestCancel(
  tx: Tx,
  runId: RunId,
  wish: { readonly reason: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(run)
    .set({ cancelRequestedAt: wish.at, cancelReason: wish.reason })
    .where(and(eq(run.id, runId), inArray(run.state, liveStates)))
    .returning({ id: run.id });
  return rows.length > 0;
}

/** Runs that somebody wants to end and that have not. */
export async function listCancelRequested(
  db: Reader,
): Promise<readonly { readonly id: RunId; readonly reason: string }[]> {
  const rows = await db
    .select({ id: run.id, reason: run.cancelReason })
    .from(run)
    .where(and(isNotNull(run.cancelRequestedAt), inArray(run.state, liveStates)))
    .orderBy(asc(run.createdAt));
  return rows.map(({ id, reason }) => ({ id, reason: reason ?? "cancelled" }));
}

/**
 * Runs that stored state would move on, had an event not been missed: one that needs the pure planner, a node that waits
 * for nothing, or whose tasks have all ended. Oldest first.
 */
export async function listStuckRuns(db: Reader): Promise<readonly RunId[]> {
  const isStuck = db
    .select({ one: sql`1` })
    .from(node)
    .where(
      and(
        eq(node.runId, run.id),
        inArray(node.state, ["waiting", "running"]),
        eq(node.upstreamLeft, 0),
        eq(node.tasksLeft, 0),
        // One that waits for another run is looked at by its own row.
        sql`not exists (select from run_source s where s.run_id = ${node.runId} and s.node_id = ${node.nodeId} and s.due_at is not null)`,
      ),
    );
  const rows = await db
    .select({ id: run.id })
    .from(run)
    .where(
      and(inArray(run.state, liveStates), or(eq(run.state, "pending"), eq(run.needsPlanner, true), exists(isStuck))),
    )
    .orderBy(asc(run.createdAt));
  return rows.map(({ id }) => id);
}

/** The pure planner has looked at the whole run. */
export async function setPlanned(tx: Tx, runId: RunId): Promise<void> {
  await tx
    .update(run)
    .set({ needsPlanner: false })
    .where(and(eq(run.id, runId), eq(run.needsPlanner, true)));
}
