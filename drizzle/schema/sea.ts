import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";

/** What a source of currents can serve now: written by the worker, read when a request is checked. */
export const seaSource = pgTable("sea_source", {
  source: text("source").primaryKey(),
  inventory: jsonb("inventory").$type<SeaInventory>().notNull(),
  refreshedAt: timestamp("refreshed_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
});
