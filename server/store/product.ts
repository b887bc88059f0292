import { and, desc, eq, gte, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { run } from "@/drizzle/schema/engine";
import { product } from "@/drizzle/schema/portal";
import type { OrganisationId, ProductId, RunId } from "@/lib/ids";
import type { Coverage } from "@/lib/map/product";
import type { Database, Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type ProductRow = typeof product.$inferSelect;
export type ProductKey = { readonly runId: RunId; readonly productId: ProductId; readonly generation: number };

/** A product with what decides who may see it. */
export type ProductWithRun = ProductRow & { readonly cycle: string | null };

const isKey = (key: ProductKey) =>
  and(eq(product.runId, key.runId), eq(product.productId, key.productId), eq(product.generation, key.generation));

/** The row of a product, locked to the end of the transaction; made when it is not there yet. */
export async function takeProduct(tx: Tx, first: typeof product.$inferInsert): Promise<ProductRow> {
  await tx.insert(product).values(first).onConflictDoNothing();
  const [row] = await tx.select().from(product).where(isKey(first)).for("update");
  if (row === undefined) throw new Error(`product ${first.productId} of ${first.runId} vanished`);
  return row;
}

/** Locks the products of a run, of one generation, in the order of their ids. */
export async function takeProductsOfRun(tx: Tx, runId: RunId, generation: number): Promise<readonly ProductRow[]> {
  return await tx
    .select()
    .from(product)
    .where(and(eq(product.runId, runId), eq(product.generation, generation)))
    .orderBy(product.productId)
    .for("update");
}

/** Runs that ended lately and have a product that nobody has labelled since: whoever ended them was no worker. */
export async function listUnsettledRuns(
  db: Reader,
  since: Date,
): Promise<readonly { readonly runId: RunId; readonly generation: number }[]> {
  const isRunning = sql`${product.coverage} ->> 'state' = 'running'`;
  return db
    .selectDistinct({ runId: run.id, generation: run.productGeneration })
    .from(product)
    .innerJoin(run, and(eq(run.id, product.runId), eq(run.productGeneration, product.generation)))
    .where(and(gte(run.endedAt, since), isRunning));
}

export async function updateCoverage(tx: Tx, key: ProductKey, coverage: Coverage, now: Date): Promise<void> {
  await tx.update(product).set({ coverage, updatedAt: now }).where(isKey(key));
}

export async function readProduct(db: Reader, key: ProductKey): Promise<ProductRow | null> {
  const [row] = await db.select().from(product).where(isKey(key));
  return row ?? null;
}

/** Products that changed at or after a time, oldest change first: what a reconciliation looks at. */
export async function readProductsChangedSince(db: Database, since: Date): Promise<readonly ProductRow[]> {
  return await db.select().from(product).where(gte(product.updatedAt, since)).orderBy(product.updatedAt);
}

/** Whose eyes: `all` sees everything; others what is public and what belongs to their organisation. */
export type Viewer = { readonly all: boolean; readonly organisationId: OrganisationId | null };

/** The newest generation of a product of one run, or the one asked for; null also when the viewer may not know of it. */
export async function readProductOfRun(
  db: Reader,
  wanted: { readonly productId: ProductId; readonly runId: RunId; readonly generation: number | null },
  viewer: Viewer,
): Promise<ProductWithRun | null> {
  const { productId, runId, generation } = wanted;
  const which = generation === null ? undefined : eq(product.generation, generation);
  const [row] = await withRun(db)
    .where(and(eq(product.productId, productId), eq(product.runId, runId), which, isVisibleTo(viewer)))
    .orderBy(desc(product.generation))
    .limit(1);
  return row === undefined ? null : join(row);
}

/**
 * A product's publications with at least one step, newest first: by cycle where there is one, so that a repeated old
 * cycle is not the latest forecast, else by the time of publication.
 */
export async function readNewestOfProduct(
  db: Reader,
  productId: ProductId,
  options: { readonly viewer: Viewer; readonly limit: number },
): Promise<readonly ProductWithRun[]> {
  const hasSteps = sql`jsonb_array_length(${product.coverage} -> 'steps') > 0`;
  const rows = await withRun(db)
    .where(and(eq(product.productId, productId), hasSteps, isVisibleTo(options.viewer)))
    .orderBy(sql`${run.cycle} desc nulls last`, desc(product.publishedAt), desc(product.generation))
    .limit(options.limit);
  return rows.map(join);
}

/** Ids of all products ever published, in order. */
export async function readProductIds(db: Reader): Promise<readonly ProductId[]> {
  const rows = await db.selectDistinct({ id: product.productId }).from(product).orderBy(product.productId);
  return rows.map((row) => row.id);
}

/** Cycles and what belongs to nobody are public; a request of an organisation is its own. */
function isVisibleTo({ all, organisationId }: Viewer): SQL | undefined {
  if (all) return undefined;
  const mine = organisationId === null ? undefined : eq(product.organisationId, organisationId);
  return or(isNotNull(run.cycle), isNull(product.organisationId), mine);
}

const withRun = (db: Reader) =>
  db.select({ product, cycle: run.cycle }).from(product).innerJoin(run, eq(run.id, product.runId));

const join = (row: { product: ProductRow; cycle: string | null }): ProductWithRun => ({
  ...row.product,
  cycle: row.cycle,
});

/** What a run published, with the place of each below the store, by name. */
export async function readProductNames(
  db: Reader,
  of: { readonly runId: RunId; readonly generation: number },
): Promise<readonly { readonly productId: ProductId; readonly storePath: string }[]> {
  return await db
    .select({ productId: product.productId, storePath: product.storePath })
    .from(product)
    .where(and(eq(product.runId, of.runId), eq(product.generation, of.generation)))
    .orderBy(product.productId);
}
