import { and, asc, eq, gt, sql } from "drizzle-orm";
import { event, run } from "@/drizzle/schema/engine";
import type { EventKind, EventView } from "@/lib/dag/run-view";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

/** PostgreSQL channel that tells followers of new events; its payload is the run's id. */
export const eventChannel = "nereus_event";

export type NewEvent = {
  readonly kind: EventKind;
  readonly nodeId?: NodeId;
  readonly taskId?: TaskId;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * Adds events of a run and tells its followers once, at commit. Takes the run's row first, so that ids of one run
 * become visible in their order and a follower that has seen an id has seen all below it.
 */
export async function appendEvents(tx: Tx, runId: RunId, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.select({ id: run.id }).from(run).where(eq(run.id, runId)).for("no key update");
  const rows = events.map(({ kind, nodeId, taskId, data }) => ({ runId, kind, nodeId, taskId, data }));
  // One round trip for both; PostgreSQL sends equal notices of a transaction once.
  await tx
    .insert(event)
    .values(rows)
    .returning({ told: sql`pg_notify(${eventChannel}, ${runId})` });
}

/** Events of a run after an id, oldest first. */
export async function readEvents(
  db: Reader,
  runId: RunId,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly EventView[]> {
  const rows = await db
    .select()
    .from(event)
    .where(and(eq(event.runId, runId), gt(event.id, page.after)))
    .orderBy(asc(event.id))
    .limit(page.limit);
  return rows.map((row) => ({ ...row, kind: asEventKind(row.kind), at: row.at.toISOString() }));
}

/** The column is written by `appendEvents` alone. */
function asEventKind(kind: string): EventKind {
  return kind as EventKind;
}
