import { doublePrecision, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { FarmArea } from "@/lib/farms/farm-area";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { OrganisationId, UserId } from "@/lib/ids";

/** What a source of currents can serve now: written by the worker, read when a request is checked. */
export const seaSource = pgTable("sea_source", {
  source: text("source").primaryKey(),
  inventory: jsonb("inventory").$type<SeaInventory>().notNull(),
  refreshedAt: timestamp("refreshed_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
});

/** A farm that somebody keeps. Its official class is the authority's and stands nowhere here. */
export const farm = pgTable(
  "farm",
  {
    id: text("id").primaryKey(),
    /** Null for the machine's own command line. */
    ownerId: text("owner_id").$type<UserId>(),
    organisationId: text("organisation_id").$type<OrganisationId>(),
    name: text("name").notNull(),
    rings: jsonb("rings").$type<FarmArea["rings"]>().notNull(),
    depthM: doublePrecision("depth_m").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  },
  (table) => [index("farm_owner").on(table.ownerId), index("farm_organisation").on(table.organisationId)],
);
