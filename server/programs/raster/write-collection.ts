import { copyFile, link, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { cogMediaType } from "@/lib/formats/cog/media-type";
import { openRaster } from "@/server/formats/open-raster";
import { filesIn, onlyFile } from "@/server/programs/only-file";
import type { CollectionJob } from "@/server/programs/raster/job";
import { placeOfRaster } from "@/server/programs/raster/place-of-raster";
import { writeJson } from "@/server/programs/raster/write-json";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Gathers the catalogue: `catalogue/collection.json`, `items/`, `tiles/` and the mosaic, with relative addresses, so that
 * the folder can be moved and served as it is.
 * Source: STAC 1.0.0 collection specification; best practices, Self-contained catalogs
 */
export async function writeCollection({ params, inputs, out }: CollectionJob, log: ProgramLog): Promise<void> {
  const folder = join(out, "catalogue");
  const items = await filesIn([inputs.items]);
  const tiles = await filesIn([inputs.tiles, inputs.direct]);
  await placeAll(items, join(folder, "items"));
  await placeAll(tiles, join(folder, "tiles"));
  const mosaicPath = await onlyFile([inputs.mosaic]);
  await placeAll([mosaicPath], folder);
  const mosaic = await openRaster(mosaicPath);
  await mosaic.close();
  const id = basename(mosaicPath, "_mosaic.tif");
  const { bbox, properties } = placeOfRaster(mosaic);
  await writeJson(join(folder, "collection.json"), {
    type: "Collection",
    stac_version: "1.0.0",
    id,
    title: id,
    description: `The raster ${id} in ${tiles.length} cloud-optimised GeoTIFFs and as a mosaic.`,
    license: params.licence,
    extent: {
      // A reference system without a way to longitude and latitude: the whole globe is certain.
      spatial: { bbox: [bbox ?? [-180, -90, 180, 90]] },
      temporal: { interval: [[params.datetime, params.datetime]] },
    },
    summaries: { "proj:code": [properties["proj:code"]] },
    links: [
      { rel: "root", href: "./collection.json", type: "application/json" },
      ...items.map((path) => ({ rel: "item", href: `./items/${basename(path)}`, type: "application/geo+json" })),
    ],
    assets: {
      mosaic: { href: `./${id}_mosaic.tif`, type: cogMediaType, title: "Mosaic of all tiles", roles: ["data"] },
    },
  });
  log(`${id}: ${items.length} items`);
}

/** Artifacts never change, so a hard link is as good as a copy, where the file system allows it. */
async function placeAll(files: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const target = join(folder, basename(file));
    await link(file, target).catch(() => copyFile(file, target));
  }
}
