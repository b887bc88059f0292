import { sql } from "drizzle-orm";
import type { Tx } from "@/server/store/database";

/** What can be waiting for a worker; each is safe to run twice and finds its work in our own tables. */
export type WakeUp = "start-ready" | "poll-site" | "timer" | "sweep";

/**
 * Queues a wake-up in the transaction of the rows it is about. One of a kind waits at a time: a second one replaces it,
 * unless the first is already being worked on.
 * A database that no worker has ever opened has no queue yet: the first worker looks at all rows when it starts.
 */
export async function enqueue(tx: Tx, wakeUp: WakeUp, runAt: Date | null = null): Promise<void> {
  const { rows } = await tx.execute(sql`select to_regclass('graphile_worker._private_jobs') is not null as ready`);
  if (rows[0]?.ready !== true) return;
  await tx.execute(
    sql`select graphile_worker.add_job(${wakeUp}, '{}'::json, run_at := ${runAt}::timestamptz, max_attempts := 1000, job_key := ${wakeUp})`,
  );
}
