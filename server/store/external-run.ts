import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { dagonToken, externalEdge, externalEvent, externalRun, externalTask } from "@/drizzle/schema/external";
import type { DagonStatus } from "@/lib/external/dagon-status";
import type { Fields } from "@/lib/external/external-run";
import type { Tx } from "@/server/store/database";
import { inSlices } from "@/server/store/in-slices";
import type { Reader } from "@/server/store/reader";

export type ExternalRunRow = typeof externalRun.$inferSelect;
export type ExternalTaskRow = typeof externalTask.$inferSelect;
export type ExternalEventRow = typeof externalEvent.$inferSelect;

/** False when the token has a run of that name already. */
export async function insertExternalRun(tx: Tx, values: typeof externalRun.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(externalRun).values(values).onConflictDoNothing().returning({ id: externalRun.id });
  return rows.length > 0;
}

/** The run of that id that this token reports; null for another token's. */
export async function findExternalRun(db: Reader, tokenId: string, id: string): Promise<ExternalRunRow | null> {
  const [row] = await db
    .select()
    .from(externalRun)
    .where(and(eq(externalRun.id, id), eq(externalRun.tokenId, tokenId)));
  return row ?? null;
}

export async function findExternalRunByName(db: Reader, tokenId: string, name: string): Promise<ExternalRunRow | null> {
  const [row] = await db
    .select()
    .from(externalRun)
    .where(and(eq(externalRun.name, name), eq(externalRun.tokenId, tokenId)));
  return row ?? null;
}

/** Deletes a run with its tasks, edges and history. @returns its name; null when there is none */
export async function deleteExternalRow(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.delete(externalRun).where(eq(externalRun.id, id)).returning({ name: externalRun.name });
  return row?.name ?? null;
}

export type ToldTask = { readonly name: string; readonly status: DagonStatus; readonly fields: Fields };

/** Adds tasks, or takes what is told anew of those that are there. */
export async function saveExternalTasks(
  tx: Tx,
  runId: string,
  told: { readonly tasks: readonly ToldTask[]; readonly at: Date },
): Promise<void> {
  if (told.tasks.length === 0) return;
  const [last] = await tx.select({ count: count() }).from(externalTask).where(eq(externalTask.runId, runId));
  const first = last?.count ?? 0;
  const rows = told.tasks.map((task, index) => ({ ...task, runId, position: first + index, updatedAt: told.at }));
  for (const slice of inSlices(rows))
    await tx
      .insert(externalTask)
      .values(slice)
      .onConflictDoUpdate({
        target: [externalTask.runId, externalTask.name],
        set: {
          status: sql`excluded.status`,
          fields: sql`${externalTask.fields} || excluded.fields`,
          updatedAt: sql`excluded.updated_at`,
        },
      });
}

/** Sets the status of a task; one that nobody told of before is added with it. */
export async function saveExternalStatus(
  tx: Tx,
  runId: string,
  told: { readonly task: string; readonly status: DagonStatus; readonly at: Date },
): Promise<void> {
  const { task, status, at } = told;
  const position = sql`(select count(*) from ${externalTask} where ${externalTask.runId} = ${runId})`;
  await tx
    .insert(externalTask)
    .values({ runId, name: task, position, status, updatedAt: at })
    .onConflictDoUpdate({ target: [externalTask.runId, externalTask.name], set: { status, updatedAt: at } });
}

/** Sets one field of a task and leaves the others alone; false when there is no such task. */
export async function setExternalField(
  tx: Tx,
  runId: string,
  told: { readonly task: string; readonly attribute: string; readonly value: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(externalTask)
    .set({
      fields: sql`${externalTask.fields} || jsonb_build_object(${told.attribute}::text, ${told.value}::text)`,
      updatedAt: told.at,
    })
    .where(and(eq(externalTask.runId, runId), eq(externalTask.name, told.task)))
    .returning({ name: externalTask.name });
  return rows.length > 0;
}

/** @returns how many of them were not there */
export async function saveExternalEdges(
  tx: Tx,
  runId: string,
  edges: readonly { readonly task: string; readonly dependency: string }[],
): Promise<number> {
  let added = 0;
  for (const slice of inSlices(edges)) {
    const rows = await tx
      .insert(externalEdge)
      .values(slice.map((edge) => ({ runId, ...edge })))
      .onConflictDoNothing()
      .returning({ task: externalEdge.task });
    added += rows.length;
  }
  return added;
}

export async function addSubscriber(tx: Tx, runId: string, subscriber: string): Promise<void> {
  await tx
    .update(externalRun)
    .set({ subscribers: sql`${externalRun.subscribers} || to_jsonb(${subscriber}::text)` })
    .where(and(eq(externalRun.id, runId), sql`not ${externalRun.subscribers} ? ${subscriber}`));
}

/** Adds to the history, and notes that the run was heard of. */
export async function addExternalEvents(
  tx: Tx,
  runId: string,
  told: { readonly at: Date; readonly events: readonly Pick<ExternalEventRow, "task" | "kind" | "data">[] },
): Promise<void> {
  const { at, events } = told;
  for (const slice of inSlices(events))
    await tx.insert(externalEvent).values(slice.map((event) => ({ runId, at, ...event })));
  await tx
    .update(externalRun)
    .set({ updatedAt: sql`greatest(${externalRun.updatedAt}, ${at})` })
    .where(eq(externalRun.id, runId));
}

export type ExternalRunParts = {
  readonly tasks: readonly ExternalTaskRow[];
  readonly edges: readonly (typeof externalEdge.$inferSelect)[];
};

export async function readExternalParts(db: Reader, runIds: readonly string[]): Promise<ExternalRunParts> {
  if (runIds.length === 0) return { tasks: [], edges: [] };
  const tasks = await db
    .select()
    .from(externalTask)
    .where(inArray(externalTask.runId, [...runIds]))
    .orderBy(externalTask.position, externalTask.name);
  const edges = await db
    .select()
    .from(externalEdge)
    .where(inArray(externalEdge.runId, [...runIds]));
  return { tasks, edges };
}

/** The newest changes of runs, newest first; of one kind when it is given. */
export async function readExternalEvents(
  db: Reader,
  runIds: readonly string[],
  which: { readonly limit: number; readonly kind?: ExternalEventRow["kind"] },
): Promise<readonly ExternalEventRow[]> {
  if (runIds.length === 0) return [];
  const ofKind = which.kind === undefined ? undefined : eq(externalEvent.kind, which.kind);
  return db
    .select()
    .from(externalEvent)
    .where(and(inArray(externalEvent.runId, [...runIds]), ofKind))
    .orderBy(desc(externalEvent.id))
    .limit(which.limit);
}

export type ReportedRun = ExternalRunRow & { readonly reporter: string };

/** Runs of all tokens, or of one, newest first; each with the label of its token. */
export async function readExternalRuns(
  db: Reader,
  which: { readonly limit: number; readonly tokenId?: string; readonly id?: string },
): Promise<readonly ReportedRun[]> {
  const rows = await db
    .select({ run: externalRun, reporter: dagonToken.label })
    .from(externalRun)
    .innerJoin(dagonToken, eq(dagonToken.id, externalRun.tokenId))
    .where(
      and(
        which.tokenId === undefined ? undefined : eq(externalRun.tokenId, which.tokenId),
        which.id === undefined ? undefined : eq(externalRun.id, which.id),
      ),
    )
    .orderBy(desc(externalRun.createdAt), desc(externalRun.id))
    .limit(which.limit);
  return rows.map(({ run, reporter }) => ({ ...run, reporter }));
}

/** How many tasks of each run have which status. */
export async function countExternalTasks(
  db: Reader,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<DagonStatus, number>>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .select({ runId: externalTask.runId, status: externalTask.status, tasks: count() })
    .from(externalTask)
    .where(inArray(externalTask.runId, [...runIds]))
    .groupBy(externalTask.runId, externalTask.status);
  const counts = new Map(runIds.map((id) => [id, new Map<DagonStatus, number>()]));
  for (const { runId, status, tasks } of rows) counts.get(runId)?.set(status, tasks);
  return counts;
}
