import { NereusError } from "@/lib/errors";
import { asId, type ProductId, type RunId } from "@/lib/ids";
import { type StacDocument, type StacPublication, stacCatalog, stacCollection, stacItem } from "@/lib/map/stac";
import type { ServiceContext } from "@/server/services/context";
import { viewerOf } from "@/server/services/products/viewer-of";
import { type ProductWithRun, readNewestOfProduct, readProductIds, readProductOfRun } from "@/server/store/product";

type StacContext = Pick<ServiceContext, "db" | "actor">;

/** Runs that a collection lists. */
const listedPublications = 31;

/**
 * A document of the catalogue, of what the actor may see: nothing = the catalogue, `<product>` = a collection,
 * `<product>/<runId>-g<generation>-<step>` = an item.
 * @param origin  address of the portal
 * @throws {NereusError} product-unknown
 */
export async function describeStac(
  ctx: StacContext,
  { segments, origin }: { readonly segments: readonly string[]; readonly origin: string },
): Promise<StacDocument> {
  const root = `${origin}/api/stac`;
  const [product, item, ...more] = segments;
  if (product === undefined) {
    const lists = await Promise.all((await readProductIds(ctx.db)).map((id) => newestOf(ctx, id, 1)));
    return stacCatalog(root, lists.flat());
  }
  const unknown = () => new NereusError("product-unknown", { product, run: item ?? "latest" });
  if (more.length > 0) throw unknown();
  if (item === undefined) {
    const publications = await newestOf(ctx, asId<ProductId>(product), listedPublications);
    if (publications.length === 0) throw unknown();
    return stacCollection(root, publications);
  }
  const [, run, generation, step] = /^(.+)-g(\d{1,9})-(\d{1,6})$/.exec(item) ?? [];
  if (run === undefined) throw unknown();
  const wanted = { productId: asId<ProductId>(product), runId: asId<RunId>(run), generation: Number(generation) };
  const row = await readProductOfRun(ctx.db, wanted, viewerOf(ctx.actor));
  const found = row === null ? null : stacItem({ root, origin }, publicationOf(row), Number(step));
  if (found === null) throw unknown();
  return found;
}

async function newestOf(ctx: StacContext, id: ProductId, limit: number): Promise<readonly StacPublication[]> {
  const rows = await readNewestOfProduct(ctx.db, id, { viewer: viewerOf(ctx.actor), limit });
  return rows.map(publicationOf);
}

function publicationOf({ description, coverage, storePath, cycle, publishedAt }: ProductWithRun): StacPublication {
  return { description, coverage, storePath, cycle, publishedAt: publishedAt.toISOString() };
}
