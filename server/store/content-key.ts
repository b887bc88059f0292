import { and, asc, desc, eq, gte, isNotNull, lt, ne } from "drizzle-orm";
import { artifact, attempt } from "@/drizzle/schema/engine";
import { contentKey } from "@/drizzle/schema/reuse";
import type { KeptOutput } from "@/lib/dag/reuse";
import { type AttemptId, asId, type RunId, type SiteId, type TaskId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

export type ContentKeyRow = typeof contentKey.$inferSelect;

/** Writes what was decided about an attempt; preparing it again writes it anew. */
export async function saveContentKey(db: Reader, row: Omit<ContentKeyRow, "completedAt" | "outputs">): Promise<void> {
  const { attemptId, ...set } = row;
  await db.insert(contentKey).values(row).onConflictDoUpdate({ target: contentKey.attemptId, set });
}

/** Notes that the attempt has done its work, and what it made: now others may take it over. */
export async function completeContentKey(
  db: Reader,
  attemptId: AttemptId,
  done: { readonly at: Date; readonly outputs: readonly KeptOutput[] },
): Promise<void> {
  await db
    .update(contentKey)
    .set({ completedAt: done.at, outputs: done.outputs })
    .where(eq(contentKey.attemptId, attemptId));
}

/** Attempts of that key that have done their work, newest first. */
export async function findReusable(db: Reader, key: string, limit: number): Promise<readonly ContentKeyRow[]> {
  return db
    .select()
    .from(contentKey)
    .where(and(eq(contentKey.key, key), isNotNull(contentKey.completedAt)))
    .orderBy(desc(contentKey.completedAt))
    .limit(limit);
}

/** The newest other attempt of the same place in the pipeline; null for the first one. */
export async function findLastOfNode(
  db: Reader,
  place: Pick<ContentKeyRow, "pipelineId" | "nodeId" | "taskKey" | "attemptId">,
): Promise<ContentKeyRow | null> {
  const [row] = await db
    .select()
    .from(contentKey)
    .where(
      and(
        eq(contentKey.pipelineId, place.pipelineId),
        eq(contentKey.nodeId, place.nodeId),
        eq(contentKey.taskKey, place.taskKey),
        ne(contentKey.attemptId, place.attemptId),
      ),
    )
    .orderBy(desc(contentKey.createdAt))
    .limit(1);
  return row ?? null;
}

/** Whether the task was tried before a person, or a retry, asked for it again. */
export async function wasTriedBefore(db: Reader, taskId: TaskId, generation: number): Promise<boolean> {
  const [row] = await db
    .select({ id: attempt.id })
    .from(attempt)
    .where(and(eq(attempt.taskId, taskId), lt(attempt.generation, generation)))
    .limit(1);
  return row !== undefined;
}

/** Files of a task as they lie; null when one of them changed after it was committed. */
export async function readKeptOutputs(db: Reader, taskId: TaskId): Promise<readonly KeptOutput[] | null> {
  const rows = await db
    .select({ artifact, site: attempt.site, scratch: attempt.scratch })
    .from(artifact)
    .innerJoin(attempt, eq(attempt.id, artifact.attemptId))
    .where(and(eq(artifact.taskId, taskId), eq(artifact.superseded, false)));
  if (rows.some((row) => row.artifact.taintedAt !== null)) return null;
  return rows.map(({ artifact: { path, sizeBytes, sha256, mimeType, metadata }, site, scratch }) => ({
    ...{ path, sizeBytes, sha256, mimeType, metadata, scratch },
    site: asId<SiteId>(site),
  }));
}

/** Files of a run that others can take over, as `scratch/path`, with the end of the work that last offered them. */
export async function readReusablePlaces(db: Reader, runId: RunId, since: Date): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .select({ completedAt: contentKey.completedAt, outputs: contentKey.outputs })
    .from(contentKey)
    .where(and(eq(contentKey.runId, runId), gte(contentKey.completedAt, since)))
    .orderBy(asc(contentKey.completedAt));
  const places = new Map<string, Date>();
  for (const { completedAt, outputs } of rows)
    for (const { scratch, path } of outputs) if (completedAt !== null) places.set(`${scratch}/${path}`, completedAt);
  return places;
}

/** What was decided about the attempts of a run, or of one of its tasks; the newest first. */
export async function readDecisions(
  db: Reader,
  runId: RunId,
  taskId?: TaskId,
): Promise<readonly Pick<ContentKeyRow, "taskId" | "attemptId" | "decision">[]> {
  return db
    .select({ taskId: contentKey.taskId, attemptId: contentKey.attemptId, decision: contentKey.decision })
    .from(contentKey)
    .where(and(eq(contentKey.runId, runId), taskId === undefined ? undefined : eq(contentKey.taskId, taskId)))
    .orderBy(desc(contentKey.createdAt));
}
