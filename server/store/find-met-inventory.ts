import { eq } from "drizzle-orm";
import { metSource } from "@/drizzle/schema/portal";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { Reader } from "@/server/store/reader";

/** What a configured weather source can serve now; null until the worker has looked for the first time. */
export async function findMetInventory(db: Reader, source: string): Promise<MetInventory | null> {
  const [row] = await db.select({ inventory: metSource.inventory }).from(metSource).where(eq(metSource.source, source));
  return row?.inventory ?? null;
}
