import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { FailureClass } from "@/lib/dag/failure-class";
import type { AttemptId, RunId, TaskId } from "@/lib/ids";

/** Why attempts did not do their work; a table of its own, so that the many that did write nothing for it. */
export const attemptFailure = pgTable(
  "attempt_failure",
  {
    attemptId: text("attempt_id").$type<AttemptId>().primaryKey(),
    runId: text("run_id").$type<RunId>().notNull(),
    taskId: text("task_id").$type<TaskId>().notNull(),
    /** Of the run: a retry by a person begins to count anew. */
    generation: integer("generation").notNull(),
    failure: text("failure").$type<FailureClass>().notNull(),
    /** The sentence for people. */
    reason: text("reason").notNull(),
    /** What the site, a program or the queue said, word for word. */
    detail: text("detail"),
    /** The node of a cluster that is avoided by the next attempt. */
    host: text("host"),
    at: timestamp("at", { withTimezone: true, mode: "date" }).notNull(),
  },
  (table) => [index("attempt_failure_of_task").on(table.taskId), index("attempt_failure_of_run").on(table.runId)],
);
