import { eq } from "drizzle-orm";
import { attempt } from "@/drizzle/schema/engine";
import type { AttemptId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

export type AttemptRow = typeof attempt.$inferSelect;

export async function findAttempt(db: Reader, attemptId: AttemptId): Promise<AttemptRow | null> {
  const [row] = await db.select().from(attempt).where(eq(attempt.id, attemptId));
  return row ?? null;
}
