import { NereusError } from "@/lib/errors";
import { packValues } from "@/lib/formats/pack";
import type { Gzip, StoreFile } from "@/lib/formats/store-file";
import { encodeChunk } from "@/lib/formats/zarr/chunk";
import { encodeZarrGroup } from "@/lib/formats/zarr/zarr-group";
import { type ProductDescription, productPaths } from "@/lib/map/product";

/**
 * One step of a product as the files of its map store `map.zarr`: all metadata and coordinates first, then one chunk
 * per variable. The metadata depend on the description alone, so every step of a run carries them byte for byte.
 * @param step  index into `description.times`, and for every variable the whole grid in published units, row 0 south,
 *   NaN where there is no value
 * @throws {NereusError} grid-mismatch, variable-missing, value-out-of-range
 */
export async function encodeMapStep(
  description: ProductDescription,
  step: { readonly index: number; readonly values: Readonly<Record<string, Float32Array>> },
  gzip: Gzip,
): Promise<readonly StoreFile[]> {
  const { nX, nY } = description.grid;
  const chunks = description.variables.map(async (variable) => {
    const values = step.values[variable.name];
    const place = { file: productPaths.mapZarr, variable: variable.name };
    if (values === undefined)
      throw new NereusError("variable-missing", { ...place, present: Object.keys(step.values).join(", ") });
    if (values.length !== nX * nY)
      throw new NereusError("grid-mismatch", { ...place, got: `${values.length} cells`, want: `${nY} x ${nX}` });
    return {
      path: mapChunkPath(variable.name, step.index),
      bytes: await encodeChunk(packValues(variable, values), gzip),
    };
  });
  const group = { folder: productPaths.mapZarr, chunks: [1, nY, nX] as const, gzip };
  const [metadata, ...stored] = await Promise.all([encodeZarrGroup(description, group), ...chunks]);
  return [...metadata, ...stored];
}

/** Path of the chunk that holds a variable's whole grid at one step, below the product's folder. */
export function mapChunkPath(variable: string, stepIndex: number): string {
  return `${productPaths.mapZarr}/${variable}/${stepIndex}.0.0`;
}
