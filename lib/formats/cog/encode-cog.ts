import { georeferenceTags } from "@/lib/formats/cog/geo-keys";
import { differencedTiles, type Raster, rasterLevels, tileSize } from "@/lib/formats/cog/raster-levels";
import { directoryBytes, type TiffTag, writeDirectory } from "@/lib/formats/cog/tiff-directory";
import type { PackedArray } from "@/lib/formats/pack";
import type { GridDescription } from "@/lib/geo/grid";
import type { PublishedVariable } from "@/lib/map/product";

/** Compresses to a zlib stream (RFC 1950), as TIFF compression 8 wants it. */
export type ZlibDeflate = (bytes: Uint8Array) => Uint8Array;

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
  const levels = rasterLevels(northUp(field), packing).map((raster) => ({
    raster,
    tiles: differencedTiles(raster, packing).map((tile) => deflate(new Uint8Array(tile.buffer))),
  }));
  const ghost = new TextEncoder().encode(ghostArea);
  const directoriesAt: number[] = [];
  // Directories start at even offsets; sizes of directories are even.
  const firstAt = Math.ceil((8 + ghost.length) / 2) * 2;
  let at = firstAt;
  for (const level of levels) {
    directoriesAt.push(at);
    at += directoryBytes(levelTags(field, level, zeros(level.tiles)));
  }
  const offsets = placeTiles(levels, at);
  const file = new Uint8Array(offsets.end);
  file.set([0x49, 0x49, 42, 0, firstAt]);
  file.set(ghost, 8);
  levels.forEach((level, index) => {
    const tileOffsets = offsets.byLevel[index] ?? [];
    writeDirectory(file, {
      at: directoriesAt[index] ?? 0,
      tags: levelTags(field, { ...level, isOverview: index > 0 }, tileOffsets),
      next: directoriesAt[index + 1] ?? 0,
    });
    level.tiles.forEach((tile, tileIndex) => {
      writeTile(file, tileOffsets[tileIndex] ?? 0, tile);
    });
  });
  return file;
}

type Level = { readonly raster: Raster; readonly tiles: readonly Uint8Array[]; readonly isOverview?: boolean };

const ghostLines =
  "LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\nBLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n ";
const ghostArea = `GDAL_STRUCTURAL_METADATA_SIZE=${String(ghostLines.length).padStart(6, "0")} bytes\n${ghostLines}`;

/** Overviews lie before the full resolution, the smallest first; each tile stands between its size and its last bytes. */
function placeTiles(levels: readonly Level[], start: number): { byLevel: number[][]; end: number } {
  const byLevel: number[][] = levels.map(() => []);
  let at = start;
  for (let index = levels.length - 1; index >= 0; index -= 1)
    for (const tile of levels[index]?.tiles ?? []) {
      byLevel[index]?.push(at + 4);
      at += 4 + tile.length + 4;
    }
  return { byLevel, end: at };
}

function writeTile(file: Uint8Array, at: number, tile: Uint8Array): void {
  new DataView(file.buffer).setUint32(at - 4, tile.length, true);
  file.set(tile, at);
  file.set(tile.subarray(-4), at + tile.length);
}

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
  if (level.isOverview === true) return [...all, long(254, 1)];
  return [
    ...all,
    long(254, 0),
    ...georeferenceTags(grid),
    { tag: 42_112, type: "ascii", text: metadataXml(variable, metadata) },
  ];
}

function metadataXml(variable: PublishedVariable, metadata: CogField["metadata"]): string {
  const { scale, offset } = variable.packing;
  const band = [
    ["SCALE", "scale", scale],
    ["OFFSET", "offset", offset],
    ["UNITTYPE", "unittype", variable.units],
    ["DESCRIPTION", "description", `${variable.title.en} (${variable.level.en})`],
  ].map(([name, role, value]) => `<Item name="${name}" sample="0" role="${role}">${escapeXml(String(value))}</Item>`);
  const items = Object.entries(metadata).map(
    ([name, value]) => `<Item name="${escapeXml(name)}">${escapeXml(String(value))}</Item>`,
  );
  return `<GDALMetadata>\n${[...items, ...band].map((line) => `  ${line}\n`).join("")}</GDALMetadata>\n`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function northUp({ grid, packed }: CogField): Raster {
  const { nX: width, nY: height } = grid;
  if (packed.length !== width * height) throw new RangeError(`${packed.length} cells do not fill ${height} x ${width}`);
  const cells = packed.slice();
  for (let row = 0; row < height; row += 1)
    cells.set(packed.subarray((height - 1 - row) * width, (height - row) * width), row * width);
  return { width, height, cells };
}

function zeros(tiles: readonly Uint8Array[]): number[] {
  return tiles.map(() => 0);
}
