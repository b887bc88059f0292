import { sql } from "drizzle-orm";
import type { Tx } from "@/server/store/database";

/** What can be waiting for a worker; each is safe to run twice and finds its work in our own tables. */
export const wakeUps = ["start-ready", "poll-site", "timer", "sweep", "watch"] as const;
export type WakeUp = (typeof wakeUps)[number];

/**
 * Queues a wake-up in the transaction of the rows it is about, unless one of its kind waits already for that time or an
 * earlier one (`drizzle/functions/wake.sql`).
 */
export async function enqueue(tx: Tx, wakeUp: WakeUp, runAt: Date = new Date(0)): Promise<void> {
  await tx.execute(sql`select nereus_wake(${wakeUp}, greatest(${runAt.toISOString()}::timestamptz, now()))`);
}
