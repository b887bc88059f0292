import { gt } from "drizzle-orm";
import { worker } from "@/drizzle/schema/portal";
import type { Reader } from "@/server/store/reader";

/** Workers whose heartbeat is younger than a time. */
export async function readLiveWorkers(
  db: Reader,
  since: Date,
): Promise<readonly { readonly host: string; readonly pid: number }[]> {
  return db.select({ host: worker.host, pid: worker.pid }).from(worker).where(gt(worker.heartbeatAt, since));
}
