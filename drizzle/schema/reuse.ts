import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { ContentComponents } from "@/lib/dag/content-key";
import type { KeptOutput, ReuseDecision } from "@/lib/dag/reuse";
import type { AttemptId, NodeId, PipelineId, RunId, TaskId } from "@/lib/ids";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** What an attempt of a cached node depended on, whether it was done or taken over, and what it made. */
export const contentKey = pgTable(
  "content_key",
  {
    attemptId: text("attempt_id").$type<AttemptId>().primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
    nodeId: text("node_id").$type<NodeId>().notNull(),
    taskId: text("task_id").$type<TaskId>().notNull(),
    taskKey: text("task_key").notNull(),
    /** Null where the task may not be taken over: a file that it reads has changed. */
    key: text("key"),
    components: jsonb("components").$type<ContentComponents>().notNull(),
    decision: jsonb("decision").$type<ReuseDecision>().notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
    /** When its work ended well; only then others may take over what it made. */
    completedAt: at("completed_at"),
    /** All files of its task, each with the place where it lies. */
    outputs: jsonb("outputs").$type<readonly KeptOutput[]>().notNull().default([]),
  },
  (table) => [
    index("content_key_done").on(table.key, table.completedAt.desc()).where(sql`${table.completedAt} is not null`),
    index("content_key_of_node").on(table.pipelineId, table.nodeId, table.taskKey, table.createdAt.desc()),
    index("content_key_of_run").on(table.runId),
  ],
);
