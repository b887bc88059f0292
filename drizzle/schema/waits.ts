import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { run } from "@/drizzle/schema/engine";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
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
