import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";

export type ListedFile = { readonly path: string; readonly sizeBytes: number; readonly isFromFolder: boolean };

/**
 * The files behind a path: itself, or every file directly in a folder but hidden and unfinished ones, by name.
 * @throws file-unreadable
 */
export async function listFiles(path: string): Promise<ListedFile[]> {
  const about = await statOf(path);
  if (!about.isDirectory()) return [{ path, sizeBytes: about.size, isFromFolder: false }];
  const names = (await readdir(path)).filter((name) => !name.startsWith(".") && !name.endsWith(".part")).sort();
  const listed: ListedFile[] = [];
  for (const name of names) {
    const entry = await statOf(join(path, name));
    if (entry.isFile()) listed.push({ path: join(path, name), sizeBytes: entry.size, isFromFolder: true });
  }
  return listed;
}

async function statOf(path: string) {
  return stat(path).catch((cause: unknown) => {
    const isAbsent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const problem = isAbsent ? "there is no such file or folder" : String(cause);
    throw new NereusError("file-unreadable", { file: path, problem }, { cause });
  });
}
