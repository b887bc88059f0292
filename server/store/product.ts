import { and, desc, eq, gte, sql } from "drizzle-orm";
import { run } from "@/drizzle/schema/engine";
import { product } from "@/drizzle/schema/portal";
import type { ProductId, RunId } from "@/lib/ids";
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

/** The newest generation of a product of one run. */
export async function readProductOfRun(db: Reader, productId: ProductId, runId: RunId): Promise<ProductWithRun | null> {
  const [row] = await withRun(db)
    .where(and(eq(product.productId, productId), eq(product.runId, runId)))
    .orderBy(desc(product.generation))
    .limit(1);
  return row === undefined ? null : join(row);
}

/**
 * Products with at least one step, newest first: by cycle where there is one, so that a repeated old cycle is not the
 * latest forecast, else by the time of publication.
 * @param productId  null for all
 */
export async function readNewestProducts(
  db: Reader,
  productId: ProductId | null,
  limit: number,
): Promise<readonly ProductWithRun[]> {
  const hasSteps = sql`jsonb_array_length(${product.coverage} -> 'steps') > 0`;
  const rows = await withRun(db)
    .where(productId === null ? hasSteps : and(eq(product.productId, productId), hasSteps))
    .orderBy(sql`${run.cycle} desc nulls last`, desc(product.publishedAt), desc(product.generation))
    .limit(limit);
  return rows.map(join);
}

const withRun = (db: Reader) =>
  db.select({ product, cycle: run.cycle }).from(product).innerJoin(run, eq(run.id, product.runId));

const join = (row: { product: ProductRow; cycle: string | null }): ProductWithRun => ({
  ...row.product,
  cycle: row.cycle,
});
