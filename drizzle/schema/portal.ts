import { sql } from "drizzle-orm";
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Overlap } from "@/lib/cycle/cycle-intent";
import type { RunInput } from "@/lib/dag/run-view";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { CyclePoint, OrganisationId, PipelineId, ProductId, RunId, ScheduleId, UserId } from "@/lib/ids";
import type { Coverage, ProductDescription } from "@/lib/map/product";
import { run } from "./engine";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** One published product of one run; the newest row of a product is what the map shows first. */
export const product = pgTable(
  "product",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id),
    productId: text("product_id").$type<ProductId>().notNull(),
    generation: integer("generation").notNull(),
    pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
    /** Folder below the store, `<product>/<run>-g<generation>`. */
    storePath: text("store_path").notNull(),
    description: jsonb("description").$type<ProductDescription>().notNull(),
    coverage: jsonb("coverage").$type<Coverage>().notNull(),
    organisationId: text("organisation_id").$type<OrganisationId>(),
    publishedAt: at("published_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.productId, table.generation] }),
    index("product_newest").on(table.productId, table.publishedAt),
  ],
);

/** What a weather source can serve now: written by the worker, read when a request is checked. */
export const metSource = pgTable("met_source", {
  source: text("source").primaryKey(),
  inventory: jsonb("inventory").$type<MetInventory>().notNull(),
  refreshedAt: at("refreshed_at").notNull().defaultNow(),
});

export const schedule = pgTable("schedule", {
  id: text("id").$type<ScheduleId>().primaryKey(),
  pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
  /** Five cron fields or an ISO 8601 recurrence. */
  cron: text("cron").notNull(),
  timeZone: text("time_zone").notNull(),
  input: jsonb("input").$type<RunInput>().notNull(),
  paused: boolean("paused").notNull().default(false),
  pauseReason: text("pause_reason"),
  ownerId: text("owner_id").$type<UserId>(),
  lastCycle: text("last_cycle").$type<CyclePoint>(),
  overlap: text("overlap").$type<Overlap>().notNull().default("queue"),
  /** Missed cycles that are made up for. */
  catchUp: integer("catch_up").notNull().default(1),
  /** Cycles of the pipeline that may be live at once; null without limit. */
  runahead: integer("runahead"),
  createdAt: at("created_at").notNull().defaultNow(),
});

/** Workers that take part; the jobs of one whose heartbeat stopped are unlocked by the next to start. */
export const worker = pgTable("worker", {
  id: text("id").primaryKey(),
  host: text("host").notNull(),
  pid: integer("pid").notNull(),
  startedAt: at("started_at").notNull().defaultNow(),
  heartbeatAt: at("heartbeat_at").notNull().defaultNow(),
});

/** Who did what, to what, why. Rows are only ever added. */
export const audit = pgTable(
  "audit",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: at("at").notNull().defaultNow(),
    actorId: text("actor_id").$type<UserId>(),
    /** `host` for the command line of the machine itself. */
    actorKind: text("actor_kind").$type<"user" | "host" | "system">().notNull(),
    verb: text("verb").notNull(),
    subject: text("subject").notNull(),
    reason: text("reason"),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
  },
  (table) => [index("audit_recent").on(table.at)],
);
