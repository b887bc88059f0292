import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { encodeRaster } from "@/lib/formats/cog/encode-raster";
import { cogMediaType } from "@/lib/formats/cog/media-type";
import { zlibDeflate } from "@/server/formats/deflate";
import { type OpenRaster, openRaster, type RasterWindow } from "@/server/formats/open-raster";
import { describeOutput } from "@/server/programs/describe-output";
import { onlyFile } from "@/server/programs/only-file";
import type { CogJob } from "@/server/programs/raster/job";
import type { ProgramLog } from "@/server/programs/run-program";

/** Writes one window of a raster, or the whole, as a cloud-optimised GeoTIFF. */
export async function writeTile({ params, inputs, out }: CogJob, log: ProgramLog): Promise<void> {
  const path = await onlyFile([inputs.raster]);
  const raster = await openRaster(path);
  try {
    const window = windowOf(params, raster);
    const id = basename(path, ".tif");
    const name = params.tile === null ? `${id}.tif` : `${id}_${params.tile}.tif`;
    const bytes = encodeRaster(await raster.read(window), zlibDeflate);
    await mkdir(out, { recursive: true });
    await describeOutput(out, { path: name, mimeType: cogMediaType, metadata: { tile: params.tile, ...window } });
    await writeFile(join(out, `${name}.part`), bytes);
    await rename(join(out, `${name}.part`), join(out, name));
    log(`${name}: ${window.columns} x ${window.rows} pixels, ${bytes.length} bytes`);
  } finally {
    await raster.close();
  }
}

function windowOf({ row, column, rows, columns }: CogJob["params"], { whole }: OpenRaster): RasterWindow {
  const isWhole = row === null || column === null || rows === null || columns === null;
  return isWhole ? whole : { row, column, rows, columns };
}
