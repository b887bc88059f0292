import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { HoldReason, IntentState } from "@/lib/cycle/cycle-intent";
import type { RunInput } from "@/lib/dag/run-view";
import type { CyclePoint, PipelineId, ScheduleId } from "@/lib/ids";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A cycle that a schedule or a backfill wants; it waits as this row until it may start, and then stays as history. */
export const cycleIntent = pgTable(
  "cycle_intent",
  {
    pipelineId: text("pipeline_id").$type<PipelineId>().notNull(),
    cycle: text("cycle").$type<CyclePoint>().notNull(),
    /** The schedule may be gone by now. */
    scheduleId: text("schedule_id").$type<ScheduleId>(),
    backfillId: text("backfill_id"),
    /** Runs of its backfill that may be live at once. */
    backfillLimit: integer("backfill_limit"),
    input: jsonb("input").$type<RunInput>().notNull(),
    /** When it should start. */
    dueAt: at("due_at").notNull(),
    state: text("state").$type<IntentState>().notNull().default("waiting"),
    /** Why it waits or was left out. */
    reason: text("reason").$type<HoldReason>(),
    /** What the reason is about: a cycle, a number or an error's sentence. */
    about: text("about"),
    startedAt: at("started_at"),
  },
  (table) => [
    primaryKey({ columns: [table.pipelineId, table.cycle] }),
    index("cycle_intent_waiting").on(table.pipelineId).where(sql`${table.state} = 'waiting'`),
  ],
);
