import { emptyPacked, type PackedArray } from "@/lib/formats/pack";
import type { Gzip, StoreFile } from "@/lib/formats/store-file";
import { encodeChunk } from "@/lib/formats/zarr/chunk";
import { encodeZarrGroup } from "@/lib/formats/zarr/zarr-group";
import { type ProductDescription, type PublishedVariable, productPaths } from "@/lib/map/product";

/** Side of the squares of cells whose whole series lies in one chunk. */
export const seriesTile = 32;

/**
 * The series copy of a product: the same integers as the map store, chunked along time, so that a point's series is one
 * chunk per variable. Steps that are not there read as fill. Files come as they are made: all steps of one variable are in
 * memory at a time, and a row of tiles.
 * @param readSteps  all steps of the time axis of one variable: the whole grid, or null
 */
export async function* seriesStoreFiles(
  description: ProductDescription,
  readSteps: (variable: PublishedVariable) => Promise<readonly (PackedArray | null)[]>,
  gzip: Gzip,
): AsyncGenerator<StoreFile> {
  const { grid, times } = description;
  const chunks = [times.length, seriesTile, seriesTile] as const;
  yield* await encodeZarrGroup(description, { folder: productPaths.seriesZarr, chunks, gzip });
  const columns = Array.from({ length: Math.ceil(grid.nX / seriesTile) }, (_, column) => column);
  for (const variable of description.variables) {
    const steps = await readSteps(variable);
    for (let row = 0; row * seriesTile < grid.nY; row += 1) {
      const tiles = columns.map((column) => encodeTile(variable, steps, { description, row, column, gzip }));
      yield* await Promise.all(tiles);
    }
  }
}

type Tile = { readonly description: ProductDescription; readonly row: number; readonly column: number };

async function encodeTile(
  variable: PublishedVariable,
  steps: readonly (PackedArray | null)[],
  { gzip, ...tile }: Tile & { readonly gzip: Gzip },
): Promise<StoreFile> {
  const path = `${productPaths.seriesZarr}/${variable.name}/0.${tile.row}.${tile.column}`;
  return { path, bytes: await encodeChunk(seriesOf(variable, steps, tile), gzip) };
}

function seriesOf({ packing }: PublishedVariable, steps: readonly (PackedArray | null)[], tile: Tile): PackedArray {
  const { grid, times } = tile.description;
  const chunk = emptyPacked(packing, times.length * seriesTile * seriesTile);
  const from = { row: tile.row * seriesTile, column: tile.column * seriesTile };
  const rows = Math.min(seriesTile, grid.nY - from.row);
  const columns = Math.min(seriesTile, grid.nX - from.column);
  times.forEach((_, step) => {
    const field = steps[step];
    if (field === null || field === undefined) return;
    for (let row = 0; row < rows; row += 1) {
      const start = (from.row + row) * grid.nX + from.column;
      chunk.set(field.subarray(start, start + columns), (step * seriesTile + row) * seriesTile);
    }
  });
  return chunk;
}
