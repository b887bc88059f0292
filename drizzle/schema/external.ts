import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { DagonStatus } from "@/lib/external/dagon-status";
import type { ExternalChange, Fields } from "@/lib/external/external-run";
import type { UserId } from "@/lib/ids";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Secrets by which scripts report their runs; only the hash of each is kept. */
export const dagonToken = pgTable("dagon_token", {
  id: text("id").primaryKey(),
  label: text("label").notNull(),
  /** sha256 of the secret, hexadecimal. */
  secretHash: text("secret_hash").notNull().unique(),
  /** Null when the host's command line made it. */
  createdBy: text("created_by").$type<UserId>(),
  createdAt: at("created_at").notNull(),
  revokedAt: at("revoked_at"),
});

/** A run of another system, as it tells of itself. We watch it and do not control it. */
export const externalRun = pgTable(
  "external_run",
  {
    id: text("id").primaryKey(),
    tokenId: text("token_id")
      .notNull()
      .references(() => dagonToken.id),
    name: text("name").notNull(),
    host: text("host"),
    /** Ids of runs that asked to hear of it. */
    subscribers: jsonb("subscribers").$type<readonly string[]>().notNull().default([]),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("external_run_name").on(table.tokenId, table.name),
    index("external_run_recent").on(table.createdAt),
  ],
);

export const externalTask = pgTable(
  "external_task",
  {
    runId: text("run_id")
      .notNull()
      .references(() => externalRun.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    position: integer("position").notNull(),
    status: text("status").$type<DagonStatus>().notNull(),
    /** What was told of it beside name, status, nexts and prevs. */
    fields: jsonb("fields").$type<Fields>().notNull().default({}),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.name] })],
);

/** The dependency may be a task of another workflow, which is no row of this run. */
export const externalEdge = pgTable(
  "external_edge",
  {
    runId: text("run_id")
      .notNull()
      .references(() => externalRun.id, { onDelete: "cascade" }),
    task: text("task").notNull(),
    dependency: text("dependency").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.task, table.dependency] })],
);

/** All that was told, in order; rows are only added. */
export const externalEvent = pgTable(
  "external_event",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: text("run_id")
      .notNull()
      .references(() => externalRun.id, { onDelete: "cascade" }),
    /** Null when it is about the run. */
    task: text("task"),
    /** When the report came here. */
    at: at("at").notNull(),
    kind: text("kind").$type<ExternalChange>().notNull(),
    data: jsonb("data").$type<Fields>().notNull().default({}),
  },
  (table) => [index("external_event_of_run").on(table.runId, table.id)],
);
