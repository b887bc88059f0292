import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import type { Permalink } from "@/app/(public)/_forecast/permalink";
import { isNereusError } from "@/lib/errors";
import type { ServiceContext } from "@/server/services/context";
import { findAnyPipeline } from "@/server/services/pipelines/find-any-pipeline";
import { getProduct } from "@/server/services/products/get-product";
import { listProducts } from "@/server/services/products/list-products";

/** The products that have layers, each with its newest run or the one that the link names. */
export async function loadProducts(
  service: Pick<ServiceContext, "db" | "actor">,
  link: Permalink,
): Promise<readonly ShownProduct[]> {
  const listed = (await listProducts(service)).map(({ productId }) => String(productId));
  const ids = link.product && !listed.includes(link.product) ? [...listed, link.product] : listed;
  const shown = await Promise.all(
    ids.map((productId) => loadProduct(service, { productId, run: productId === link.product ? link.run : null })),
  );
  return shown.filter((product) => product !== null);
}

async function loadProduct(
  service: Pick<ServiceContext, "db" | "actor">,
  { productId, run }: { productId: string; run: string | null },
): Promise<ShownProduct | null> {
  try {
    const { description, coverage } = await getProduct(service, { productId, run: run ?? "latest" });
    const pipeline = await findAnyPipeline(service.db, description.pipelineId);
    const variables = new Set(description.variables.map(({ name }) => name));
    const layers = (pipeline?.layers ?? []).filter(
      (layer) => layer.productId === productId && variables.has(layer.variable),
    );
    if (!pipeline || layers.length === 0) return null;
    const { kind } = pipeline.definition;
    const newest =
      run === null || kind !== "routinary" ? null : await getProduct(service, { productId, run: "latest" });
    const isOlder = newest !== null && newest.runId !== description.runId;
    const newerRunUtc = isOlder ? (newest.description.times[0] ?? null) : null;
    return { description, coverage, layers, kind, pinned: run !== null, newerRunUtc };
  } catch (error) {
    // A run that has not published yet has no product: the page waits for it.
    if (isNereusError(error, "product-unknown")) return null;
    throw error;
  }
}
