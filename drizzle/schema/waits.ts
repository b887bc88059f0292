import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { run } from "@/drizzle/schema/engine";
import type { CyclePoint, NodeId, PipelineId, RunId, TaskId } from "@/lib/ids";
import type { WaitKind } from "@/lib/pipeline/sensor";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** What a waiting task waits for: this row and nothing else, until a look finds it or somebody wakes it. */
export const wait = pgTable(
  "wait",
  {
    taskId: text("task_id").$type<TaskId>().primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    kind: text("kind").$type<WaitKind>().notNull(),
    /** Since when; deadlines count from it. */
    since: at("since").notNull(),
    /** The next look; null until it is woken by its key or by a person. */
    dueAt: at("due_at"),
    /** Names what wakes it: `run <id>` or `cycle <pipeline> <cycle>`. */
    key: text("key"),
    /** What the last look saw, to be compared with the next. */
    seen: jsonb("seen").$type<Readonly<Record<string, unknown>>>(),
    /** What came: the record that becomes its artifact; for a gate what a person decided. */
    found: jsonb("found").$type<Readonly<Record<string, unknown>>>(),
    /** Why it still waits, in words. */
    reason: text("reason"),
  },
  (table) => [
    index("wait_due").on(table.dueAt).where(sql`${table.dueAt} is not null`),
    index("wait_key").on(table.key).where(sql`${table.key} is not null`),
    index("wait_of_run").on(table.runId),
  ],
);

/** An input of a run that leads into the run of another cycle or pipeline: what it wants, and where it was found. */
export const runSource = pgTable(
  "run_source",
  {
    /** `run/node/input`. */
    id: text("id").primaryKey(),
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    input: text("input").notNull(),
    /** The run that is wanted. */
    pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
    cycle: text("cycle").$type<CyclePoint>().notNull(),
    /** The run whose artifacts it takes, from when they are there on; it stays the same. */
    sourceRunId: text("source_run_id").$type<RunId>(),
    /** It takes those of an earlier cycle than wanted. */
    isSubstitute: boolean("is_substitute").notNull().default(false),
    /** Its deadline has passed without any. */
    isExpired: boolean("is_expired").notNull().default(false),
    deadlineAt: at("deadline_at"),
    /** The next look; null when nothing is left to look for. */
    dueAt: at("due_at"),
  },
  (table) => [
    index("run_source_due").on(table.dueAt).where(sql`${table.dueAt} is not null`),
    index("run_source_wanted").on(table.pipelineId, table.cycle).where(sql`${table.dueAt} is not null`),
    index("run_source_of_run").on(table.runId),
  ],
);
