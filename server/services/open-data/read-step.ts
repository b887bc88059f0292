import { buffer } from "node:stream/consumers";
import { NereusError } from "@/lib/errors";
import type { PackedArray } from "@/lib/formats/pack";
import { decodeChunk } from "@/lib/formats/zarr/chunk";
import { mapChunkPath } from "@/lib/formats/zarr/map-store";
import type { GridDescription } from "@/lib/geo/grid";
import type { PublishedVariable } from "@/lib/map/product";
import { gunzip } from "@/server/formats/deflate";
import { findStoredFile } from "@/server/storage/stored-file";

/**
 * The integers of one variable at one step, the whole grid, from the map store of a publication.
 * @param folder  of the publication, on this machine
 * @throws {NereusError} product-file-unknown when the store lacks a chunk that the coverage names
 */
export async function readStep(
  folder: string,
  grid: GridDescription,
  at: { readonly variable: PublishedVariable; readonly step: number },
): Promise<PackedArray> {
  const path = mapChunkPath(at.variable.name, at.step);
  const file = await findStoredFile(folder, path);
  if (file === null) throw new NereusError("product-file-unknown", { product: at.variable.name, path });
  const bytes = await buffer(file.stream(0, Math.max(0, file.sizeBytes - 1)));
  return decodeChunk(bytes, { packing: at.variable.packing, length: grid.nX * grid.nY, gunzip });
}
