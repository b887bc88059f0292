import { eq } from "drizzle-orm";
import { metSource } from "@/drizzle/schema/portal";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { Tx } from "@/server/store/database";

/** Replaces what a source can serve. */
export async function writeMetSource(tx: Tx, inventory: MetInventory, now: Date): Promise<void> {
  const values = { source: inventory.source, inventory, refreshedAt: now };
  await tx.insert(metSource).values(values).onConflictDoUpdate({ target: metSource.source, set: values });
}

/**
 * Replaces what a source can serve unless that begins later: a repeated old cycle does not hide the newest forecast.
 * @returns true when it was replaced
 */
export async function advanceMetSource(tx: Tx, inventory: MetInventory, now: Date): Promise<boolean> {
  const [row] = await tx.select().from(metSource).where(eq(metSource.source, inventory.source)).for("update");
  const begins = (of: MetInventory) => Date.parse(of.frames[0]?.validAtUtc ?? "") || 0;
  if (row !== undefined && begins(row.inventory) > begins(inventory)) return false;
  await writeMetSource(tx, inventory, now);
  return true;
}
