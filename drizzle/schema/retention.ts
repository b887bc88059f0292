import { sql } from "drizzle-orm";
import { bigint, bigserial, index, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { NodeId, RunId, UserId } from "@/lib/ids";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Files of a run, or of one of its nodes, that somebody wants to keep. */
export const pin = pgTable(
  "pin",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    /** Null for all of the run. */
    nodeId: text("node_id").$type<NodeId>(),
    reason: text("reason").notNull(),
    pinnedBy: text("pinned_by").$type<UserId>(),
    pinnedAt: at("pinned_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("pin_once").on(table.runId, sql`coalesce(${table.nodeId}, '')`)],
);

/** When the files of a run were last looked through, and when time alone may free more of them; null for never. */
export const runSweep = pgTable(
  "run_sweep",
  {
    runId: text("run_id").$type<RunId>().primaryKey(),
    sweptAt: at("swept_at").notNull(),
    nextAt: at("next_at"),
  },
  (table) => [index("run_sweep_next").on(table.nextAt)],
);

/** What one look through the files has freed. */
export const collection = pgTable(
  "collection",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: at("at").notNull().defaultNow(),
    runs: integer("runs").notNull(),
    files: integer("files").notNull(),
    /** On disk, counted where the last name of a file went. */
    bytes: bigint("bytes", { mode: "number" }).notNull(),
  },
  (table) => [index("collection_recent").on(table.at)],
);
