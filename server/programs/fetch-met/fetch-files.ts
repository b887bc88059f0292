import { constants, copyFile, link, mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { MetFile, MetInventory } from "@/lib/formats/wrf/inventory";
import { download } from "@/server/formats/download";
import { openNetcdf } from "@/server/formats/open-netcdf";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Brings the files of an inventory together: `<folder>/0000.nc`, `0001.nc`, ... in its order, then `met.json`, the
 * same inventory with paths relative to that folder. Each file is opened once before it appears under its name, so a
 * cut or foreign one is refused here. A repeated call takes up what is there.
 * @throws file-unreadable, file-truncated, artifact-changed, format-unknown, format-invalid, met-no-records
 */
export async function fetchFiles(met: MetInventory, folder: string, log: ProgramLog): Promise<MetInventory> {
  const [first] = met.files;
  if (first === undefined || met.frames.length === 0)
    throw new NereusError("met-no-records", { file: first?.path ?? met.source });
  await mkdir(folder, { recursive: true });
  const files: MetFile[] = [];
  for (const [index, file] of met.files.entries()) {
    const name = `${String(index).padStart(4, "0")}.nc`;
    log(`${file.path} -> ${name}`);
    files.push({ ...(await fetchFile(file, join(folder, name))), path: name });
  }
  const fetched = { ...met, files };
  await writeFile(join(folder, "met.json.part"), `${JSON.stringify(fetched, null, 1)}\n`);
  await rename(join(folder, "met.json.part"), join(folder, "met.json"));
  return fetched;
}

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
