import type { task } from "@/drizzle/schema/engine";

export type TaskRow = typeof task.$inferSelect;
