import { sql } from "drizzle-orm";
import type { NodeId, RunId } from "@/lib/ids";
import type { Tx } from "@/server/store/database";

/**
 * Writes a decision into the waits of a gate whose tasks still wait for one, and has them looked at.
 * @param of.keys  of its tasks; absent: all
 * @returns keys of the tasks that were decided
 */
export async function decideGates(
  tx: Tx,
  of: {
    readonly runId: RunId;
    readonly nodeId: NodeId;
    readonly keys?: readonly string[];
    readonly record: Readonly<Record<string, unknown>>;
    readonly at: Date;
  },
): Promise<readonly string[]> {
  const keys = of.keys === undefined ? null : [...of.keys];
  const { rows } = await tx.execute<{ key: string }>(sql`
    update wait w set found = ${JSON.stringify(of.record)}::jsonb, due_at = ${of.at.toISOString()}::timestamptz
    from task t
    where w.run_id = ${of.runId} and w.node_id = ${of.nodeId} and w.kind = 'gate' and w.found is null
      and t.id = w.task_id and t.state = 'waiting'
      and (${sql.param(keys)}::text[] is null or t.key = any(${sql.param(keys)}::text[]))
    returning t.key`);
  return rows.map(({ key }) => key);
}
