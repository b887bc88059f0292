import { constants, copyFile, mkdir, rename } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { NereusError } from "@/lib/errors";
import { download } from "@/server/formats/download";
import { type OpenRaster, openRaster } from "@/server/formats/open-raster";
import { describeOutput } from "@/server/programs/describe-output";
import type { ValidateJob } from "@/server/programs/raster/job";
import type { RasterFacts } from "@/server/programs/raster/raster-facts";
import { writeJson } from "@/server/programs/raster/write-json";
import type { ProgramLog } from "@/server/programs/run-program";

/** Most tiles of one raster: as many as a node may have tasks. */
const maxTiles = 10_000;
/** Rows that are decoded at once. */
const rowsAtOnce = 512;

/**
 * Takes a raster over as `raster/<name>.tif` and `raster.json`, after every pixel of it has been decoded once.
 * @throws {NereusError} what `openRaster` and decoding throw; input-invalid for tiles that are too many
 */
export async function validateRaster({ params, out }: ValidateJob, log: ProgramLog): Promise<void> {
  const id = idOf(params.raster);
  await mkdir(join(out, "raster"), { recursive: true });
  const part = join(out, "raster", `${id}.tif.part`);
  if (/^https?:\/\//.test(params.raster)) await download(params.raster, part, { sizeBytes: null, sha256: null });
  else await copyLocal(params.raster, part);
  const raster = await openRaster(part, params.raster);
  try {
    demandFewTiles(raster, params.tileSize);
    await decodeAll(raster);
    const { width, height, bands, dtype, about } = raster;
    const facts: RasterFacts = { id, width, height, bands, dtype, crs: about.crs, transform: [...about.transform] };
    await describeOutput(out, {
      path: `raster/${id}.tif`,
      mimeType: "image/tiff; application=geotiff",
      metadata: facts,
    });
    await rename(part, join(out, "raster", `${id}.tif`));
    await writeJson(join(out, "raster.json"), facts);
    log(`${params.raster}: ${width} x ${height} pixels, ${bands} bands of ${dtype}, ${about.crs}`);
  } finally {
    await raster.close();
  }
}

/** The file's name as a slug that ends up in names and ids. */
function idOf(raster: string): string {
  const name = basename(raster.replace(/[?#].*$/, ""));
  const slug = name
    .slice(0, name.length - extname(name).length)
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 60);
  return slug.replace(/^-+|-+$/g, "") || "raster";
}

async function copyLocal(path: string, to: string): Promise<void> {
  await copyFile(path, to, constants.COPYFILE_FICLONE).catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new NereusError("file-unreadable", { file: path, problem }, { cause });
  });
}

function demandFewTiles({ width, height }: OpenRaster, tileSize: number): void {
  const tiles = Math.ceil(width / tileSize) * Math.ceil(height / tileSize);
  if (tiles <= maxTiles) return;
  const problem = `${width} x ${height} pixels make ${tiles} tiles; the limit is ${maxTiles}. Choose larger tiles.`;
  throw new NereusError("input-invalid", { field: "tileSize", problem });
}

async function decodeAll(raster: OpenRaster): Promise<void> {
  for (let row = 0; row < raster.height; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, raster.height - row);
    await raster.read({ row, column: 0, rows, columns: raster.width });
  }
}
