import { eq } from "drizzle-orm";
import { seaSource } from "@/drizzle/schema/sea";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

/** What a configured source of currents can serve now; null until the worker has looked for the first time. */
export async function findSeaInventory(db: Reader, source: string): Promise<SeaInventory | null> {
  const [row] = await db.select({ inventory: seaSource.inventory }).from(seaSource).where(eq(seaSource.source, source));
  return row?.inventory ?? null;
}

/** Replaces what a source can serve. */
export async function writeSeaSource(tx: Tx, inventory: SeaInventory, now: Date): Promise<void> {
  const values = { source: inventory.source, inventory, refreshedAt: now };
  await tx.insert(seaSource).values(values).onConflictDoUpdate({ target: seaSource.source, set: values });
}

/** Replaces what a source can serve unless that begins later: a repeated old cycle does not hide the newest forecast. */
export async function advanceSeaSource(tx: Tx, inventory: SeaInventory, now: Date): Promise<void> {
  const [row] = await tx.select().from(seaSource).where(eq(seaSource.source, inventory.source)).for("update");
  const begins = (of: SeaInventory) => Date.parse(of.frames[0]?.validAtUtc ?? "") || 0;
  if (row !== undefined && begins(row.inventory) > begins(inventory)) return;
  await writeSeaSource(tx, inventory, now);
}
