import type { Connection } from "@/server/executors/connection/connection";
import type { DiskFile } from "@/server/storage/disk-files";
import { type Freed, freeFiles } from "@/server/storage/free-files";

/**
 * Removes what was brought to a site and not used for longest, until the rest fits. A use gives the file another name,
 * which its change time tells; one that is in use has more than one name and stays.
 * @param cacheRoot  `.cache` of the site
 * @throws {NereusError} command-failed; site-unreachable (retryable)
 * Source: EXECUTION.md, D6.
 */
export async function evictCache(connection: Connection, cacheRoot: string, limitBytes: number): Promise<Freed> {
  return freeFiles(connection, [`${cacheRoot}/cas`], (files) => leastUsed(files, limitBytes));
}

function leastUsed(files: readonly DiskFile[], limitBytes: number): readonly string[] {
  let excess = files.reduce((sum, { bytes }) => sum + bytes, 0) - limitBytes;
  const chosen: string[] = [];
  for (const { path, links, bytes } of [...files].sort((one, other) => one.changedMs - other.changedMs)) {
    if (excess <= 0) break;
    if (links > 1) continue;
    chosen.push(path);
    excess -= bytes;
  }
  return chosen;
}
