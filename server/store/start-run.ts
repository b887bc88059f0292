import { sql } from "drizzle-orm";
import { z } from "zod";
import type { run } from "@/drizzle/schema/engine";
import { asId, type RunId } from "@/lib/ids";
import { mintId } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";

type NewRun = Omit<typeof run.$inferInsert, "id" | "state" | "createdAt"> & { readonly createdAt: Date };

const resultSchema = z.object({ result: z.object({ needs: z.array(z.string()) }).nullable() });

/**
 * Adds a run of a saved pipeline version, launches its roots and queues the wake-up, in one round trip
 * (`drizzle/functions/start_run.sql`).
 * @returns null when a run of that idempotency key, or of that pipeline and cycle, is already there; `isPending` when
 *   the pure planner has to start it
 */
export async function startRun(
  tx: Reader,
  values: NewRun,
  fanLimit: number,
): Promise<{ readonly runId: RunId; readonly isPending: boolean } | null> {
  const runId = asId<RunId>(mintId("r", values.createdAt));
  const given = JSON.stringify({ ...values, id: runId });
  const at = values.createdAt.toISOString();
  const { rows } = await tx.execute(
    sql`select nereus_start_run(${given}::jsonb, ${at}::timestamptz, ${fanLimit}) as result`,
  );
  const { result } = resultSchema.parse(rows[0]);
  return result === null ? null : { runId, isPending: result.needs.length > 0 };
}
