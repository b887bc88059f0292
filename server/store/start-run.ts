import { sql } from "drizzle-orm";
import { z } from "zod";
import type { run } from "@/drizzle/schema/engine";
import { asId, type RunId } from "@/lib/ids";
import { mintId } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";

type NewRun = Omit<typeof run.$inferInsert, "id" | "state" | "createdAt"> & { readonly createdAt: Date };

/** What became of a wish for a run. */
export type StartedRun =
  | {
      readonly outcome: "started";
      readonly runId: RunId /** The pure planner has to start it. */;
      readonly isPending: boolean;
    }
  /** A run of that idempotency key, or of that pipeline and cycle, is there. */
  | { readonly outcome: "there-already" }
  /** Nothing was written: the version has to be saved first. */
  | { readonly outcome: "version-unknown" };

const resultSchema = z.object({
  result: z.union([z.object({ needs: z.array(z.string()) }), z.literal("version-unknown")]).nullable(),
});

/**
 * Adds a run of a saved pipeline version, launches its roots and queues the wake-up, in one round trip
 * (`drizzle/functions/start_run.sql`).
 */
export async function startRun(tx: Reader, values: NewRun, fanLimit: number): Promise<StartedRun> {
  const runId = asId<RunId>(mintId("r", values.createdAt));
  const given = JSON.stringify({ ...values, id: runId });
  const at = values.createdAt.toISOString();
  const { rows } = await tx.execute(
    sql`select nereus_start_run(${given}::jsonb, ${at}::timestamptz, ${fanLimit}) as result`,
  );
  const { result } = resultSchema.parse(rows[0]);
  if (result === null) return { outcome: "there-already" };
  if (result === "version-unknown") return { outcome: result };
  return { outcome: "started", runId, isPending: result.needs.length > 0 };
}
