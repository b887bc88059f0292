import { NereusError } from "@/lib/errors";
import { asId, type ProductId, type RunId } from "@/lib/ids";
import type { Coverage, ProductDescription } from "@/lib/map/product";
import type { ServiceContext } from "@/server/services/context";
import { viewerOf } from "@/server/services/products/viewer-of";
import { type ProductWithRun, readNewestOfProduct, readProductOfRun } from "@/server/store/product";

/** One publication of a product. Times are ISO 8601 UTC. */
export type ProductView = {
  readonly description: ProductDescription;
  readonly coverage: Coverage;
  readonly runId: RunId;
  readonly generation: number;
  /** Nominal time of the run; null for a request. */
  readonly cycle: string | null;
  /** Folder below the store, and the path of the immutable address: `<product>/<run>-g<generation>`. */
  readonly storePath: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
};

/** `run` is `latest` (the newest with a step), a run id (its newest generation), or `<run id>-g<generation>`. */
export type ProductRequest = { readonly productId: string; readonly run: string };

/**
 * @throws {NereusError} product-unknown, also for what the actor may not see
 */
export async function getProduct(
  ctx: Pick<ServiceContext, "db" | "actor">,
  request: ProductRequest,
): Promise<ProductView> {
  const row = await findProduct(ctx, request);
  if (row === null) throw new NereusError("product-unknown", { product: request.productId, run: request.run });
  const { description, coverage, runId, generation, cycle, storePath } = row;
  const publishedAt = row.publishedAt.toISOString();
  return {
    description,
    coverage,
    runId,
    generation,
    cycle,
    storePath,
    publishedAt,
    updatedAt: row.updatedAt.toISOString(),
  };
}

async function findProduct(
  ctx: Pick<ServiceContext, "db" | "actor">,
  request: ProductRequest,
): Promise<ProductWithRun | null> {
  const viewer = viewerOf(ctx.actor);
  const productId = asId<ProductId>(request.productId);
  if (request.run === "latest") {
    const [newest] = await readNewestOfProduct(ctx.db, productId, { viewer, limit: 1 });
    return newest ?? null;
  }
  const named = /^(.+)-g(\d{1,9})$/.exec(request.run);
  const runId = asId<RunId>(named?.[1] ?? request.run);
  const generation = named?.[2] === undefined ? null : Number(named[2]);
  return await readProductOfRun(ctx.db, { productId, runId, generation }, viewer);
}
