import { and, eq, lt, ne } from "drizzle-orm";
import { worker } from "@/drizzle/schema/portal";
import type { Reader } from "@/server/store/reader";

/** Adds a worker, or says that it has started again under its name. */
export async function registerWorker(
  db: Reader,
  row: { readonly id: string; readonly host: string; readonly pid: number; readonly at: Date },
): Promise<void> {
  const { id, host, pid, at } = row;
  const values = { id, host, pid, startedAt: at, heartbeatAt: at };
  await db.insert(worker).values(values).onConflictDoUpdate({ target: worker.id, set: values });
}

export async function beatWorker(db: Reader, id: string, at: Date): Promise<void> {
  await db.update(worker).set({ heartbeatAt: at }).where(eq(worker.id, id));
}

/** Other workers that have not been heard of since then. */
export async function readSilentWorkers(db: Reader, self: string, since: Date): Promise<readonly string[]> {
  const rows = await db
    .select({ id: worker.id })
    .from(worker)
    .where(and(ne(worker.id, self), lt(worker.heartbeatAt, since)));
  return rows.map(({ id }) => id);
}
