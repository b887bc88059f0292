import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";
import { requireInnerPath } from "@/server/storage/require-inner-path";

/**
 * Where `path` below `root` really lies, symbolic links followed.
 * @returns null when nothing is there
 * @throws {NereusError} path-leaves-scratch when the path, or a link on its way, leads out of `root`
 */
export async function requireInside(
  connection: Connection,
  root: string,
  path: string,
  signal?: AbortSignal,
): Promise<string | null> {
  requireInnerPath(path);
  const [realRoot, real] = await Promise.all([
    connection.realPath(root, signal),
    connection.realPath(`${root}/${path}`, signal),
  ]);
  if (realRoot === null || real === null) return null;
  if (!real.startsWith(`${realRoot}/`)) throw new NereusError("path-leaves-scratch", { path });
  return real;
}
