import { emptyPacked, type PackedArray } from "@/lib/formats/pack";
import type { Packing } from "@/lib/map/product";

/** A raster of packed integers, row 0 in the north. */
export type Raster = { readonly width: number; readonly height: number; readonly cells: PackedArray };

/** Side of the square tiles, cells. */
export const tileSize = 256;

/**
 * The raster and its overviews, each half as wide, down to one that fits in one tile. An overview keeps every second
 * cell, so each of its numbers is one of the published ones.
 */
export function rasterLevels(raster: Raster, packing: Packing): readonly Raster[] {
  const levels = [raster];
  let last = raster;
  while (Math.max(last.width, last.height) > tileSize) {
    last = everySecondCell(last, packing);
    levels.push(last);
  }
  return levels;
}

/** The tiles of a raster in row-major order, differenced along their rows (TIFF predictor 2), edges filled up. */
export function differencedTiles(raster: Raster, packing: Packing): readonly PackedArray[] {
  const across = Math.ceil(raster.width / tileSize);
  const down = Math.ceil(raster.height / tileSize);
  return Array.from({ length: across * down }, (_, tile) =>
    differencedTile(raster, packing, {
      column: (tile % across) * tileSize,
      row: Math.floor(tile / across) * tileSize,
    }),
  );
}

function everySecondCell({ width, height, cells }: Raster, packing: Packing): Raster {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const kept = emptyPacked(packing, half.width * half.height);
  for (let row = 0; row < half.height; row += 1)
    for (let column = 0; column < half.width; column += 1)
      kept[row * half.width + column] = cells[row * 2 * width + column * 2] ?? packing.fill;
  return { ...half, cells: kept };
}

function differencedTile(raster: Raster, packing: Packing, from: { column: number; row: number }): PackedArray {
  const tile = emptyPacked(packing, tileSize * tileSize);
  const columns = Math.min(tileSize, raster.width - from.column);
  const rows = Math.min(tileSize, raster.height - from.row);
  for (let row = 0; row < rows; row += 1) {
    const start = (from.row + row) * raster.width + from.column;
    tile.set(raster.cells.subarray(start, start + columns), row * tileSize);
  }
  for (let row = 0; row < tileSize; row += 1)
    for (let at = row * tileSize + tileSize - 1; at > row * tileSize; at -= 1)
      tile[at] = (tile[at] ?? 0) - (tile[at - 1] ?? 0);
  return tile;
}
