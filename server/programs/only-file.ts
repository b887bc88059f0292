import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";

/**
 * The one file among places that are files or folders.
 * @throws {NereusError} file-unreadable when there is none or more than one
 */
export async function onlyFile(places: readonly string[]): Promise<string> {
  const files = await filesIn(places);
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  const problem = `it holds ${files.length} files, not one`;
  throw new NereusError("file-unreadable", { file: places.join(", "), problem });
}

/** All files among places that are files or folders, by path. */
export async function filesIn(places: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    places.map(async (place) => {
      if (!(await stat(place)).isDirectory()) return [place];
      const entries = await readdir(place, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return found.flat().sort();
}
