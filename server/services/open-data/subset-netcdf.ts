import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { emptyPacked, type PackedArray } from "@/lib/formats/pack";
import { type CutProduct, cutPlane, cutProduct, type ProductCut } from "@/lib/map/cut-product";
import { hourFileName } from "@/lib/map/file-grammar";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import type { HoursContext } from "@/server/services/open-data/find-hours";
import { readStep } from "@/server/services/open-data/read-step";
import { getProduct, type ProductRequest } from "@/server/services/products/get-product";

export type NetcdfSubset = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Numbers in one answer: about a second of work. Larger parts are read from the Zarr store, or from whole files. */
const mostCells = 4_000_000;

/**
 * A part of a product as one NetCDF-4 file: the same integers as the store.
 * @throws {NereusError} product-unknown, subset-outside-grid, subset-outside-times, subset-too-large, variable-missing
 */
export async function subsetNetcdf(
  ctx: HoursContext,
  request: ProductRequest & { readonly cut: ProductCut },
): Promise<NetcdfSubset> {
  const product = await getProduct(ctx, request);
  const present = product.coverage.steps.map(({ index }) => index);
  const part = cutProduct(product.description, present, request.cut);
  const { description, steps, window } = part;
  const cells = description.variables.length * steps.length * window.nX * window.nY;
  if (cells > mostCells)
    throw new NereusError("subset-too-large", { product: request.productId, cells, limitCells: mostCells });
  const folder = await mkdtemp(join(tmpdir(), "nereus-subset-"));
  try {
    const path = join(folder, "subset.nc");
    const packed = await readPart(`${ctx.config.storePath}/${product.storePath}`, product.description.grid, part);
    await writeNetcdf4(path, description, { steps: steps.map((_, place) => place), packed });
    return { name: hourFileName(description, description.times[0] ?? ""), bytes: await readFile(path) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readPart(
  folder: string,
  grid: CutProduct["description"]["grid"],
  { description, steps, window }: CutProduct,
): Promise<Record<string, PackedArray>> {
  const packed: Record<string, PackedArray> = {};
  const cells = window.nX * window.nY;
  for (const variable of description.variables) {
    const all = emptyPacked(variable.packing, steps.length * cells);
    for (const [place, step] of steps.entries())
      all.set(cutPlane(await readStep(folder, grid, { variable, step }), grid.nX, window), place * cells);
    packed[variable.name] = all;
  }
  return packed;
}
