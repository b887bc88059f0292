import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { NereusError } from "@/lib/errors";
import { cutProduct } from "@/lib/map/cut-product";
import { stampOf } from "@/lib/map/file-grammar";
import type { ProductDescription } from "@/lib/map/product";
import { containWork } from "@/server/services/contain-work";
import type { ServiceContext } from "@/server/services/context";
import { contourForm } from "@/server/services/open-data/contour-form";
import type { ExportForm } from "@/server/services/open-data/export-form";
import type { SubsetRequest } from "@/server/services/open-data/subset-request";
import { getProduct, type ProductRequest } from "@/server/services/products/get-product";

export type ExportContext = Pick<ServiceContext, "db" | "actor"> & {
  readonly config: Pick<ServiceContext["config"], "storePath" | "scratchPath" | "programsPath">;
};

/** A file that was made for one visitor; its stream has to be read or destroyed. */
export type ExportedFile = {
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly stream: Readable;
};

/** Numbers in one answer: some seconds of work. Larger parts are read from the Zarr store, or from whole files. */
const mostCells = { netcdf: 4_000_000, csv: 1_000_000, lines: 4_000_000, polygons: 4_000_000 };

/** What one export may take of the machine; its process holds one field at a time. */
const limits = { timeoutSeconds: 60, cpuSeconds: 30, heapMb: 512, dataMb: 1024 };

const formats = {
  netcdf: { ending: "nc", contentType: "application/x-netcdf" },
  csv: { ending: "csv", contentType: "text/csv; charset=utf-8" },
  geojson: { ending: "geojson", contentType: "application/geo+json" },
  kml: { ending: "kml", contentType: "application/vnd.google-earth.kml+xml" },
} as const;

/**
 * A part of a product as one file, made by the contained program `export-part` from the integers of the store.
 * @throws {NereusError} product-unknown, subset-outside-grid, subset-outside-times, subset-too-large, variable-missing,
 *   subset-parameter-invalid, portal-busy (retryable), command-timed-out
 */
export async function exportProduct(
  ctx: ExportContext,
  request: ProductRequest & SubsetRequest,
): Promise<ExportedFile> {
  const { storePath, description, coverage } = await getProduct(ctx, request);
  const { form } = request;
  const part = cutProduct(
    description,
    coverage.steps.map(({ index }) => index),
    request.cut,
  );
  const { steps, window } = part;
  const cells = part.description.variables.length * steps.length * window.nX * window.nY;
  const limitCells = mostCells[form.kind];
  if (cells > limitCells) throw new NereusError("subset-too-large", { product: request.productId, cells, limitCells });
  const { ending, contentType } = formats["format" in form ? form.format : form.kind];
  const name = fileName(part.description, form, ending);
  const params = {
    name,
    part: part.description,
    steps,
    window,
    stored: { nX: description.grid.nX, nY: description.grid.nY },
    form: "format" in form ? { kind: "contours", contours: contourForm(part, form, coverage) } : form,
  };
  const inputs = { store: `${ctx.config.storePath}/${storePath}` };
  const work = { program: "export-part", params, inputs, ...limits } as const;
  return await containWork(ctx.config, work, async (out) => {
    const file = await open(join(out, name));
    const { size } = await file.stat();
    // The folder goes, what is open stays until it has been read.
    return { name, contentType, sizeBytes: size, stream: file.createReadStream() };
  });
}

/** `smoke_fire_pm25_lines_20260701Z0200.kml`: what it is, for whoever finds it in a folder later. */
function fileName(
  { productId, domain, variables, times }: ProductDescription,
  form: ExportForm,
  ending: string,
): string {
  const what = "format" in form ? [variables[0]?.name ?? "", form.kind] : [];
  const parts = [productId, domain, ...what, stampOf(times[0] ?? "")];
  return `${parts.join("_").replace(/[^\w.-]/g, "_")}.${ending}`;
}
