import { and, asc, eq, isNull } from "drizzle-orm";
import { pin } from "@/drizzle/schema/retention";
import type { NodeId, RunId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

export type PinRow = typeof pin.$inferSelect;

/** @returns false when it is pinned already */
export async function addPin(db: Reader, row: typeof pin.$inferInsert): Promise<boolean> {
  const made = await db.insert(pin).values(row).onConflictDoNothing().returning({ id: pin.id });
  return made.length > 0;
}

/** @returns false when there was no such pin */
export async function removePin(db: Reader, runId: RunId, nodeId: NodeId | null): Promise<boolean> {
  const gone = await db
    .delete(pin)
    .where(and(eq(pin.runId, runId), nodeId === null ? isNull(pin.nodeId) : eq(pin.nodeId, nodeId)))
    .returning({ id: pin.id });
  return gone.length > 0;
}

/** Pins of a run, oldest first. */
export async function readPins(db: Reader, runId: RunId): Promise<readonly PinRow[]> {
  return db.select().from(pin).where(eq(pin.runId, runId)).orderBy(asc(pin.id));
}
