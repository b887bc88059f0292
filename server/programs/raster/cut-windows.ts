import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openRaster, type RasterWindow } from "@/server/formats/open-raster";
import { describeOutput } from "@/server/programs/describe-output";
import { onlyFile } from "@/server/programs/only-file";
import type { TilesJob } from "@/server/programs/raster/job";
import { writeJson } from "@/server/programs/raster/write-json";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Writes `windows/<tile>.json` for each tile of a raster, row by row from the top left. The tile's place is told as
 * metadata too, so that the job that makes it is given it as parameters.
 */
export async function cutWindows({ params, inputs, out }: TilesJob, log: ProgramLog): Promise<void> {
  const raster = await openRaster(await onlyFile([inputs.raster]));
  await raster.close();
  await mkdir(join(out, "windows"), { recursive: true });
  const windows = windowsOf(raster, params.tileSize);
  for (const window of windows) {
    const path = `windows/${window.tile}.json`;
    await describeOutput(out, { path, mimeType: "application/json", metadata: window });
    await writeJson(join(out, path), window);
  }
  log(`${windows.length} tiles of at most ${params.tileSize} x ${params.tileSize} pixels`);
}

function windowsOf(
  { width, height }: { readonly width: number; readonly height: number },
  tileSize: number,
): readonly (RasterWindow & { readonly tile: string })[] {
  const across = Math.ceil(width / tileSize);
  const down = Math.ceil(height / tileSize);
  const number = (index: number) => String(index).padStart(4, "0");
  return Array.from({ length: across * down }, (_, index) => {
    const [r, c] = [Math.floor(index / across), index % across];
    const [row, column] = [r * tileSize, c * tileSize];
    const [rows, columns] = [Math.min(tileSize, height - row), Math.min(tileSize, width - column)];
    return { tile: `r${number(r)}c${number(c)}`, row, column, rows, columns };
  });
}
