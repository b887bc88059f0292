import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { task } from "@/drizzle/schema/engine";
import type { TaskState } from "@/lib/dag/state";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

export type TaskRow = typeof task.$inferSelect;
export type TaskRef = { readonly id: TaskId; readonly key: string; readonly state: TaskState };

/**
 * Tasks of a node as they stand now, by position; without those that a rerun has replaced.
 * @param keys  absent: all of them
 */
export async function readTasksOfNode(
  db: Reader,
  of: { readonly runId: RunId; readonly nodeId: NodeId; readonly keys?: readonly string[] },
): Promise<readonly TaskRef[]> {
  return db
    .select({ id: task.id, key: task.key, state: task.state })
    .from(task)
    .where(
      and(
        eq(task.runId, of.runId),
        eq(task.nodeId, of.nodeId),
        // As in the index of the keys.
        sql`not ${task.superseded}`,
        of.keys === undefined ? undefined : inArray(task.key, [...of.keys]),
      ),
    )
    .orderBy(asc(task.position));
}

export async function findTask(db: Reader, taskId: TaskId): Promise<TaskRow | null> {
  const [row] = await db.select().from(task).where(eq(task.id, taskId));
  return row ?? null;
}
