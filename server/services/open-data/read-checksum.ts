import { text } from "node:stream/consumers";
import { z } from "zod";
import { productPaths } from "@/lib/map/product";
import type { HourFile, HoursContext } from "@/server/services/open-data/find-hours";
import { findStoredFile } from "@/server/storage/stored-file";

const manifestSchema = z.object({ files: z.array(z.object({ path: z.string(), sha256: z.string() })) });

/** sha256 of a file as the manifest of its publication says; null while the publication is not closed. */
export async function readChecksum(
  ctx: Pick<HoursContext, "config">,
  { path, publication }: HourFile,
): Promise<string | null> {
  const manifest = await findStoredFile(`${ctx.config.storePath}/${publication.storePath}`, productPaths.manifest);
  if (manifest === null) return null;
  const { files } = manifestSchema.parse(JSON.parse(await text(manifest.stream(0, manifest.sizeBytes - 1))));
  return files.find((file) => file.path === path)?.sha256 ?? null;
}
