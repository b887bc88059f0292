import { directoryBytes, type TiffTag, writeDirectory } from "@/lib/formats/cog/tiff-directory";

/** Compresses to a zlib stream (RFC 1950), as TIFF compression 8 wants it. */
export type ZlibDeflate = (bytes: Uint8Array) => Uint8Array;

/** The full resolution or an overview: its tiles, compressed, in row-major order, and its tags once they have places. */
export type CogLevel = {
  readonly tiles: readonly Uint8Array[];
  /** The length of every tag must not depend on the offsets. */
  tagsAt(offsets: readonly number[]): readonly TiffTag[];
};

/**
 * Lays out a cloud-optimised GeoTIFF: all directories in front, then the tiles of the smallest overview first, each
 * between its size and its last four bytes.
 * @param levels  the full resolution, then its overviews, each smaller than the one before
 * @returns the bytes of the whole file, below 4 GiB
 * Source: GDAL COG driver documentation (layout, ghost area), TIFF 6.0; checked by GDAL's validator in the tests
 */
export function writeCog(levels: readonly CogLevel[]): Uint8Array {
  const ghost = new TextEncoder().encode(ghostArea);
  const directoriesAt: number[] = [];
  // Directories start at even offsets; sizes of directories are even.
  const firstAt = Math.ceil((8 + ghost.length) / 2) * 2;
  let at = firstAt;
  for (const level of levels) {
    directoriesAt.push(at);
    at += directoryBytes(level.tagsAt(level.tiles.map(() => 0)));
  }
  const offsets = placeTiles(levels, at);
  const file = new Uint8Array(offsets.end);
  file.set([0x49, 0x49, 42, 0, firstAt]);
  file.set(ghost, 8);
  levels.forEach((level, index) => {
    const tileOffsets = offsets.byLevel[index] ?? [];
    writeDirectory(file, {
      at: directoriesAt[index] ?? 0,
      tags: level.tagsAt(tileOffsets),
      next: directoriesAt[index + 1] ?? 0,
    });
    level.tiles.forEach((tile, tileIndex) => {
      writeTile(file, tileOffsets[tileIndex] ?? 0, tile);
    });
  });
  return file;
}

const ghostLines =
  "LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\nBLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n ";
const ghostArea = `GDAL_STRUCTURAL_METADATA_SIZE=${String(ghostLines.length).padStart(6, "0")} bytes\n${ghostLines}`;

/** Overviews lie before the full resolution, the smallest first; each tile stands between its size and its last bytes. */
function placeTiles(levels: readonly CogLevel[], start: number): { byLevel: number[][]; end: number } {
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
