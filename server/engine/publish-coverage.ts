import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { ProductDeps } from "@/server/engine/product-deps";
import { writeCoverage } from "@/server/storage/product-store";
import { type ProductKey, readProduct } from "@/server/store/product";

type CoverageDeps = Pick<ProductDeps, "db" | "connection" | "storePath">;

/**
 * Brings `coverage.json` up to what the database says. Several may do it at once: each looks again after its write, so
 * the last to write has seen the last change.
 */
export async function publishCoverage(deps: CoverageDeps, key: ProductKey): Promise<void> {
  for (let written = ""; ; ) {
    const row = await readProduct(deps.db, key);
    if (row === null) return;
    const text = canonicalJson(row.coverage);
    if (text === written) return;
    await writeCoverage({ connection: deps.connection, root: deps.storePath, folder: row.storePath }, text);
    written = text;
  }
}
