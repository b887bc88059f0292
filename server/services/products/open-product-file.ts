import type { ReadableStream } from "node:stream/web";
import { NereusError } from "@/lib/errors";
import { productPaths } from "@/lib/map/product";
import type { ServiceContext } from "@/server/services/context";
import { getProduct, type ProductRequest } from "@/server/services/products/get-product";
import { parseRange } from "@/server/services/products/parse-range";
import { findStoredFile } from "@/server/storage/stored-file";

/** A file of a product, ready to be sent. */
export type ProductFile = {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly contentType: string;
  readonly modifiedAt: string;
  /** First valid time of the run, from which its age is told; null for a product without hours. */
  readonly runStartUtc: string | null;
  /** True when this address will always give these bytes: everything but `latest` and the coverage document. */
  readonly immutable: boolean;
  /** First and last byte of the answer (206), or null for the whole file (200). */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Opens the file; not called for HEAD and 304. */
  stream(): ReadableStream<Uint8Array>;
};

/**
 * @param request.path   below the product's folder, with `/`
 * @param request.range  the `Range` header, if any; several ranges or nonsense are answered by the whole file
 * @throws {NereusError} product-unknown; product-file-unknown, also for a path that leads out of the folder;
 *   range-not-satisfiable
 */
export async function openProductFile(
  ctx: Pick<ServiceContext, "db" | "actor"> & { readonly config: Pick<ServiceContext["config"], "storePath"> },
  request: ProductRequest & { readonly path: string; readonly range?: string | null },
): Promise<ProductFile> {
  const { productId, path } = request;
  const { storePath, description } = await getProduct(ctx, request);
  const file = await findStoredFile(`${ctx.config.storePath}/${storePath}`, path);
  if (file === null) throw new NereusError("product-file-unknown", { product: productId, path });
  const { sizeBytes, etag } = file;
  const range = parseRange(request.range ?? null, sizeBytes);
  if (range === "outside") throw new NereusError("range-not-satisfiable", { path, sizeBytes });
  return {
    sizeBytes,
    etag,
    contentType: contentTypeOf(path),
    runStartUtc: description.times[0] ?? null,
    modifiedAt: new Date(file.modifiedMs).toISOString(),
    immutable: /-g\d+$/.test(request.run) && path !== productPaths.coverage,
    range,
    stream: () => file.stream(range?.from ?? 0, range?.to ?? Math.max(0, sizeBytes - 1)),
  };
}

function contentTypeOf(path: string): string {
  if (/(\.json|\/\.z(attrs|array|group|metadata))$/.test(path)) return "application/json";
  if (path.endsWith(".nc")) return "application/x-netcdf";
  if (path.endsWith(".png")) return "image/png";
  if (path.endsWith(".tif")) return "image/tiff; application=geotiff; profile=cloud-optimized";
  return "application/octet-stream";
}
