import { constants, copyFile, link, realpath, rename, rm, stat } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import type { MetFile } from "@/lib/formats/wrf/inventory";
import { download } from "@/server/formats/download";
import { openNetcdf } from "@/server/formats/open-netcdf";

/**
 * Brings one file to a path: a link or a copy of a local one, a download. It is opened once before it appears.
 * @throws file-unreadable, file-truncated, artifact-changed, format-unknown, format-invalid
 */
export async function fetchFile(file: MetFile, path: string): Promise<Omit<MetFile, "path">> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  const isRemote = /^https?:\/\//.test(file.path);
  const got = isRemote ? await download(file.path, part, file) : await linkLocal(file, part);
  await (await openNetcdf(part, file.path)).close();
  await rename(part, path);
  // Renaming one link of a file onto another of the same file leaves both.
  await rm(part, { force: true });
  return got;
}

/** A hard link costs nothing; across file systems, or where links are forbidden, a copy is made. */
async function linkLocal(file: MetFile, part: string): Promise<Omit<MetFile, "path">> {
  const about = await stat(file.path).catch((cause: unknown) => {
    throw new NereusError("file-unreadable", { file: file.path, problem: String(cause) }, { cause });
  });
  // A model may have appended records since; the ones that are needed are still there.
  if (about.size < file.sizeBytes)
    throw new NereusError("file-truncated", {
      file: file.path,
      expectedBytes: file.sizeBytes,
      actualBytes: about.size,
    });
  const isLinked = await link(await realpath(file.path), part).then(
    () => true,
    () => false,
  );
  if (!isLinked) await copyFile(file.path, part, constants.COPYFILE_FICLONE);
  return { sizeBytes: about.size, sha256: about.size === file.sizeBytes ? file.sha256 : null };
}
