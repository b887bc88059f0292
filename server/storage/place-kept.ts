import { posix } from "node:path";
import { isNereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";
import { requireInnerPath } from "@/server/storage/require-inner-path";
import { requireInside } from "@/server/storage/require-inside";
import { transferFile } from "@/server/storage/transfer-file";

/**
 * Gives a file that was made before a second place: a hard link at the same site, else a copy.
 * @param from.root   the `out/` in which it lies
 * @param to.folder   the `out/` that gets it
 * @returns false when it is not there any more, or not with that content
 * @throws {NereusError} disk-full (retryable), path-leaves-scratch
 */
export async function placeKept(
  from: { readonly connection: Connection; readonly root: string },
  to: { readonly connection: Connection; readonly folder: string; readonly token: string },
  file: { readonly path: string; readonly sha256: string },
): Promise<boolean> {
  const target = `${to.folder}/${requireInnerPath(file.path)}`;
  const source = await requireInside(from.connection, from.root, file.path);
  if (source === null) return false;
  try {
    if ((await from.connection.hash(source)).sha256 !== file.sha256) return false;
    if (from.connection === to.connection) {
      await to.connection.makeFolder(posix.dirname(target));
      await to.connection.place(source, target, to.token);
    } else {
      const options = { mark: to.token, sha256: file.sha256 };
      await transferFile({ connection: from.connection, path: source }, { ...to, path: target }, options);
    }
    return true;
  } catch (error) {
    // Collected, or changed, while it was looked at.
    if (isNereusError(error) && ["file-unreadable", "artifact-changed"].includes(error.code)) return false;
    if ((await from.connection.realPath(source)) === null) return false;
    throw error;
  }
}
