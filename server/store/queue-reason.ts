import { and, eq, inArray, sql } from "drizzle-orm";
import { task } from "@/drizzle/schema/engine";
import type { NodeId, RunId, TaskId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";
import { appendEvents } from "@/server/store/event";

/** Writes what the queue of a site says of a task that waits there, or takes it away (null) once it runs; tells followers. */
export async function setQueueReason(
  tx: Tx,
  of: { readonly runId: RunId; readonly taskId: TaskId; readonly nodeId: NodeId },
  reason: string | null,
): Promise<void> {
  const [changed] = await tx
    .update(task)
    .set({ reason })
    .where(
      and(
        eq(task.id, of.taskId),
        inArray(task.state, ["submitted", "running"]),
        sql`${task.reason} is distinct from ${reason}`,
      ),
    )
    .returning({ state: task.state, key: task.key, attempt: task.attempts });
  if (changed === undefined) return;
  const { runId, nodeId, taskId } = of;
  await appendEvents(tx, runId, [{ kind: "task-state", nodeId, taskId, data: { ...changed, reason } }]);
}
