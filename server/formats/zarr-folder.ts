import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { NereusError } from "@/lib/errors";
import type { ZarrFiles } from "@/lib/formats/zarr/zarr-files";

/** Folders below a store that are looked into; chunks of version 3 lie in folders of their own. */
const maxFolders = 20_000;

/**
 * The files of a Zarr store in a local folder. Paths that leave the folder are not followed.
 * @param name what messages call it
 */
export function zarrFolder(path: string, name: string): ZarrFiles {
  return {
    name,
    get: (file) => read(path, file, name),
    listMetadata: () => list(path, name),
  };
}

async function read(root: string, file: string, name: string): Promise<Uint8Array | undefined> {
  const path = join(root, file);
  if (relative(root, path).startsWith("..")) return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw new NereusError("file-unreadable", { file: join(name, file), problem: String(code) }, { cause });
  }
}

async function list(root: string, name: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [root];
  for (let at = 0; at < folders.length; at += 1) {
    if (folders.length > maxFolders)
      throw new NereusError("unsupported-feature", { file: name, feature: `more than ${maxFolders} folders` });
    const entries = await readdir(folders[at] ?? root, { withFileTypes: true });
    const metadata = entries.filter((entry) => entry.name === ".zarray" || entry.name === "zarr.json");
    found.push(...metadata.map((entry) => relative(root, join(folders[at] ?? root, entry.name))));
    // Below an array lie only its chunks.
    const isArray = entries.some((entry) => entry.name === ".zarray");
    const inner = entries.filter((entry) => entry.isDirectory() && !isArray && entry.name !== "c");
    folders.push(...inner.map((entry) => join(folders[at] ?? root, entry.name)));
  }
  return found;
}
