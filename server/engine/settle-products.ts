import type { RunId } from "@/lib/ids";
import { settleCoverage } from "@/lib/map/merge-coverage";
import type { ProductDeps } from "@/server/engine/product-deps";
import { publishCoverage } from "@/server/engine/publish-coverage";
import { readProductsChangedSince, takeProductsOfRun, updateCoverage } from "@/server/store/product";

type SettleDeps = Pick<ProductDeps, "db" | "connection" | "storePath" | "now">;

/**
 * Labels the products that an ended run did not close: partial with their steps, failed without any. Called when a run
 * reaches a terminal state; doing it again changes nothing.
 */
export async function settleProducts(deps: SettleDeps, runId: RunId, generation: number): Promise<void> {
  const now = deps.now();
  const rows = await deps.db.transaction(async (tx) => {
    const open = await takeProductsOfRun(tx, runId, generation);
    for (const row of open) {
      const coverage = settleCoverage(row.coverage, now.toISOString());
      if (coverage !== row.coverage) await updateCoverage(tx, row, coverage, now);
    }
    return open;
  });
  for (const row of rows) await publishCoverage(deps, row);
}

/**
 * Rewrites every `coverage.json` that lags behind the database because a worker died between the two.
 * @param since  products that changed before this are taken to be in order
 */
export async function reconcileCoverage(deps: Omit<SettleDeps, "now">, since: Date): Promise<void> {
  for (const row of await readProductsChangedSince(deps.db, since)) await publishCoverage(deps, row);
}
