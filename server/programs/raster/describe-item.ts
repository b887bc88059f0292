import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { cogMediaType } from "@/lib/formats/cog/media-type";
import { openRaster } from "@/server/formats/open-raster";
import { describeOutput } from "@/server/programs/describe-output";
import { onlyFile } from "@/server/programs/only-file";
import type { ItemJob } from "@/server/programs/raster/job";
import { placeOfRaster, projectionExtension } from "@/server/programs/raster/place-of-raster";
import { writeJson } from "@/server/programs/raster/write-json";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Writes the STAC item of one COG. Addresses in it are those of the finished catalogue, relative to `items/`.
 * Source: STAC 1.0.0 item specification; projection extension 2.0.0
 */
export async function describeItem({ params, inputs, out }: ItemJob, log: ProgramLog): Promise<void> {
  const path = await onlyFile([inputs.tile, inputs.direct]);
  const raster = await openRaster(path);
  await raster.close();
  const id = basename(path, ".tif");
  const { bbox, geometry, properties } = placeOfRaster(raster);
  const item = {
    type: "Feature",
    stac_version: "1.0.0",
    stac_extensions: [projectionExtension],
    id,
    geometry,
    ...(bbox === null ? {} : { bbox }),
    properties: { datetime: params.datetime, ...properties },
    links: ["root", "parent", "collection"].map((rel) => ({
      rel,
      href: "../collection.json",
      type: "application/json",
    })),
    assets: { data: { href: `../tiles/${id}.tif`, type: cogMediaType, roles: ["data"] } },
    collection: id.replace(/_r\d{4}c\d{4}$/, ""),
  };
  await mkdir(out, { recursive: true });
  await describeOutput(out, { path: `${id}.json`, mimeType: "application/geo+json", metadata: { bbox } });
  await writeJson(join(out, `${id}.json`), item);
  log(`${id}: ${bbox === null ? "no longitude and latitude" : bbox.map((edge) => edge.toFixed(4)).join(" ")}`);
}
