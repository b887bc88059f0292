import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { encodeRaster, type RasterImage } from "@/lib/formats/cog/encode-raster";
import { cogMediaType } from "@/lib/formats/cog/media-type";
import { emptyLike } from "@/lib/formats/empty-like";
import { zlibDeflate } from "@/server/formats/deflate";
import { openRaster } from "@/server/formats/open-raster";
import { describeOutput } from "@/server/programs/describe-output";
import { filesIn } from "@/server/programs/only-file";
import type { MosaicJob } from "@/server/programs/raster/job";
import { type RasterFacts, rasterFactsSchema } from "@/server/programs/raster/raster-facts";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Puts the tiles of a raster together again, each where its own georeference says, as one COG.
 * @throws {NereusError} raster-incomplete when the tiles do not cover the raster exactly once
 */
export async function joinMosaic({ inputs, out }: MosaicJob, log: ProgramLog): Promise<void> {
  const facts = rasterFactsSchema.parse(JSON.parse(await readFile(inputs.facts, "utf8")));
  const tiles = await filesIn([inputs.tiles, inputs.direct]);
  const mosaic = await joinTiles(tiles, facts);
  const name = `${facts.id}_mosaic.tif`;
  await mkdir(out, { recursive: true });
  await describeOutput(out, { path: name, mimeType: cogMediaType, metadata: { tiles: tiles.length } });
  await writeFile(join(out, `${name}.part`), encodeRaster(mosaic, zlibDeflate));
  await rename(join(out, `${name}.part`), join(out, name));
  log(`${name}: ${facts.width} x ${facts.height} pixels of ${tiles.length} tiles`);
}

async function joinTiles(paths: readonly string[], facts: RasterFacts): Promise<RasterImage> {
  const { id, width, height, transform } = facts;
  let mosaic: RasterImage | null = null;
  let pixels = 0;
  for (const path of paths) {
    const raster = await openRaster(path);
    try {
      const tile = await raster.read(raster.whole);
      mosaic ??= {
        width,
        height,
        bands: tile.bands.map((band) => emptyLike(band, width * height)),
        about: { ...raster.about, transform },
      };
      const at = pixelOf(facts.transform, raster.about.transform);
      const isInside =
        at.row >= 0 && at.column >= 0 && at.row + tile.height <= height && at.column + tile.width <= width;
      if (!isInside || tile.bands.length !== mosaic.bands.length)
        throw new NereusError("raster-incomplete", { raster: id, problem: `${raster.name} lies outside of it` });
      copyTile(tile, mosaic, at);
      pixels += tile.width * tile.height;
    } finally {
      await raster.close();
    }
  }
  if (mosaic !== null && pixels === width * height) return mosaic;
  throw new NereusError("raster-incomplete", {
    raster: id,
    problem: `its tiles hold ${pixels} of ${width * height} pixels`,
  });
}

/** The pixel of the whole at which a part begins: both transforms have the same steps. */
function pixelOf(
  whole: RasterFacts["transform"],
  part: readonly number[],
): { readonly row: number; readonly column: number } {
  const [x0, xColumn, xRow, y0, yColumn, yRow] = whole;
  const [dX, dY] = [(part[0] ?? 0) - x0, (part[3] ?? 0) - y0];
  const area = xColumn * yRow - xRow * yColumn;
  const column = Math.round((dX * yRow - dY * xRow) / area);
  const row = Math.round((dY * xColumn - dX * yColumn) / area);
  return { row, column };
}

function copyTile(tile: RasterImage, mosaic: RasterImage, at: { readonly row: number; readonly column: number }): void {
  tile.bands.forEach((band, index) => {
    for (let row = 0; row < tile.height; row += 1) {
      const cells = band.subarray(row * tile.width, (row + 1) * tile.width);
      mosaic.bands[index]?.set(cells, (at.row + row) * mosaic.width + at.column);
    }
  });
}
