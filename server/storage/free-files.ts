import type { Connection } from "@/server/executors/connection/connection";
import { type DiskFile, listDisk } from "@/server/storage/disk-files";
import { mapConcurrently } from "@/server/storage/map-concurrently";

/** What removing has brought. */
export type Freed = {
  /** Files that were there and are not any more. */
  readonly files: number;
  /** Space that came free with the last name of their content. */
  readonly bytes: number;
  /** Absolute paths of what is still there. */
  readonly left: ReadonlySet<string>;
};

const removedAtOnce = 4;

/**
 * Removes files below some folders and looks whether they are gone. Doing it again is fine.
 * @param folders  absolute; all that may be removed lies below them
 * @param choose   absolute paths to remove, of files and of whole folders, by what is there
 * @throws {NereusError} command-failed; site-unreachable (retryable)
 * Source: EXECUTION.md, G3.
 */
export async function freeFiles(
  connection: Connection,
  folders: readonly string[],
  choose: (files: readonly DiskFile[]) => readonly string[],
): Promise<Freed> {
  const before = await listAll(connection, folders);
  const chosen = choose(before);
  const strange = chosen.find((path) => !folders.some((folder) => path === folder || path.startsWith(`${folder}/`)));
  if (strange !== undefined) throw new Error(`${strange} lies outside of what may be removed`);
  if (chosen.length === 0) return { files: 0, bytes: 0, left: new Set(before.map(({ path }) => path)) };
  await mapConcurrently(chosen, removedAtOnce, (path) => connection.remove(path));
  const left = new Set((await listAll(connection, folders)).map(({ path }) => path));
  const gone = before.filter(({ path }) => !left.has(path));
  return { files: gone.length, bytes: spaceOf(gone), left };
}

async function listAll(connection: Connection, folders: readonly string[]): Promise<readonly DiskFile[]> {
  const listed = await mapConcurrently(folders, removedAtOnce, (folder) => listDisk(connection, folder));
  return listed.flat();
}

/** The content of a file with another name elsewhere is still there. */
function spaceOf(gone: readonly DiskFile[]): number {
  const names = new Map<string, number>();
  for (const { inode } of gone) names.set(inode, (names.get(inode) ?? 0) + 1);
  const contents = new Map(gone.map((file) => [file.inode, file]));
  const freed = [...contents.values()].filter(({ inode, links }) => (names.get(inode) ?? 0) >= links);
  return freed.reduce((sum, { bytes }) => sum + bytes, 0);
}
