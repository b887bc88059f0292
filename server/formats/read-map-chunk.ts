import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { PackedArray } from "@/lib/formats/pack";
import { decodeChunk } from "@/lib/formats/zarr/chunk";
import { mapChunkPath } from "@/lib/formats/zarr/map-store";
import type { PublishedVariable } from "@/lib/map/product";
import { gunzip } from "@/server/formats/deflate";

/**
 * The integers of one variable at one step, the whole grid, from a product's map store.
 * @param folder  that holds the product's files
 * @throws {NereusError} file-unreadable when the chunk is not there; an error of zlib for damaged bytes
 */
export async function readMapChunk(
  folder: string,
  grid: { readonly nX: number; readonly nY: number },
  { variable, step }: { readonly variable: PublishedVariable; readonly step: number },
): Promise<PackedArray> {
  const path = mapChunkPath(variable.name, step);
  const bytes = await readFile(join(folder, path)).catch((cause: unknown) => {
    throw new NereusError("file-unreadable", { file: path, problem: String(cause) }, { cause });
  });
  return decodeChunk(bytes, { packing: variable.packing, length: grid.nX * grid.nY, gunzip });
}
