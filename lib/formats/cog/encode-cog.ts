import { gdalMetadataXml } from "@/lib/formats/cog/gdal-metadata-xml";
import { georeferenceTags } from "@/lib/formats/cog/geo-keys";
import { differencedTiles, type Raster, rasterLevels, tileSize } from "@/lib/formats/cog/raster-levels";
import type { TiffTag } from "@/lib/formats/cog/tiff-directory";
import { writeCog, type ZlibDeflate } from "@/lib/formats/cog/write-cog";
import type { PackedArray } from "@/lib/formats/pack";
import type { GridDescription } from "@/lib/geo/grid";
import type { PublishedVariable } from "@/lib/map/product";

export type CogField = {
  readonly grid: GridDescription;
  readonly variable: PublishedVariable;
  /** The whole grid, row 0 in the south. */
  readonly packed: PackedArray;
  /** Items of the file's metadata, such as the valid time and the run. */
  readonly metadata: Readonly<Record<string, string | number>>;
};

/**
 * One field as a cloud-optimised GeoTIFF: the same integers as in the Zarr store with scale, offset, unit and no-data
 * value in GDAL's tags, tiles of 256, zlib with predictor 2, overviews. The same input gives the same bytes.
 * @throws RangeError when the field has another size than its grid
 * Source: GDAL COG driver documentation (layout, ghost area), TIFF 6.0; checked by GDAL's validator in the tests
 */
export function encodeCog(field: CogField, deflate: ZlibDeflate): Uint8Array {
  const { packing } = field.variable;
  return writeCog(
    rasterLevels(northUp(field), packing).map((raster, index) => {
      const tiles = differencedTiles(raster, packing).map((tile) => deflate(new Uint8Array(tile.buffer)));
      const level = { raster, tiles, isOverview: index > 0 };
      return { tiles, tagsAt: (offsets) => levelTags(field, level, offsets) };
    }),
  );
}

type Level = { readonly raster: Raster; readonly tiles: readonly Uint8Array[]; readonly isOverview: boolean };

function levelTags({ variable, grid, metadata }: CogField, level: Level, offsets: readonly number[]): TiffTag[] {
  const { dtype, fill } = variable.packing;
  const short = (tag: number, value: number): TiffTag => ({ tag, type: "short", values: [value] });
  const long = (tag: number, value: number): TiffTag => ({ tag, type: "long", values: [value] });
  const all: TiffTag[] = [
    long(256, level.raster.width),
    long(257, level.raster.height),
    short(258, dtype === "int16" ? 16 : 32),
    short(259, 8),
    short(262, 1),
    short(277, 1),
    short(284, 1),
    short(317, 2),
    long(322, tileSize),
    long(323, tileSize),
    { tag: 324, type: "long", values: offsets },
    { tag: 325, type: "long", values: level.tiles.map((tile) => tile.length) },
    short(339, 2),
    { tag: 42_113, type: "ascii", text: String(fill) },
  ];
  if (level.isOverview) return [...all, long(254, 1)];
  return [
    ...all,
    long(254, 0),
    ...georeferenceTags(grid),
    { tag: 42_112, type: "ascii", text: metadataXml(variable, metadata) },
  ];
}

function metadataXml({ packing, units, title, level }: PublishedVariable, metadata: CogField["metadata"]): string {
  const { scale, offset } = packing;
  return gdalMetadataXml(metadata, [{ scale, offset, units, title: `${title.en} (${level.en})` }]);
}

function northUp({ grid, packed }: CogField): Raster {
  const { nX: width, nY: height } = grid;
  if (packed.length !== width * height) throw new RangeError(`${packed.length} cells do not fill ${height} x ${width}`);
  const cells = packed.slice();
  for (let row = 0; row < height; row += 1)
    cells.set(packed.subarray((height - 1 - row) * width, (height - row) * width), row * width);
  return { width, height, cells };
}
