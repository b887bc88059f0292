import type { TiffTag } from "@/lib/formats/cog/tiff-directory";
import type { Affine } from "@/lib/formats/tiff/geo-reference";
import type { RasterAbout } from "@/lib/formats/tiff/read-raster-about";

/** The tags that place a raster: pixel scale and tie point, or a matrix where it is turned, with its GeoKeys. */
export function placementTags({ transform, keys, isPoint }: RasterAbout): readonly TiffTag[] {
  if (transform === null) return keys;
  const [x, xColumn, xRow, y, yColumn, yRow] = isPoint ? shiftTransform(transform, 0.5, 0.5) : transform;
  const isUpright = xRow === 0 && yColumn === 0 && xColumn > 0 && yRow < 0;
  const matrix = [xColumn, xRow, 0, x, yColumn, yRow, 0, y, 0, 0, 0, 0, 0, 0, 0, 1];
  return isUpright
    ? [
        { tag: 33_550, type: "double", values: [xColumn, -yRow, 0] },
        { tag: 33_922, type: "double", values: [0, 0, 0, x, y, 0] },
        ...keys,
      ]
    : [{ tag: 34_264, type: "double", values: matrix }, ...keys];
}

/** The transform of a part of a raster that begins at that row and column. */
export function shiftTransform(transform: Affine, row: number, column: number): Affine {
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return [x + xColumn * column + xRow * row, xColumn, xRow, y + yColumn * column + yRow * row, yColumn, yRow];
}
