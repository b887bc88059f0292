import { existsSync } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "@/server/cli/command-context";
import { type Check, check } from "@/server/cli/doctor/check";

/** The size of each folder of the home against its limit. */
export async function checkFolders(context: CommandContext): Promise<readonly Check[]> {
  const { config } = context;
  const folders = {
    pg: await databaseFolder(join(config.homePath, "pg")),
    store: config.storePath,
    scratch: config.scratchPath,
    cache: config.cachePath,
    log: config.logPath,
  };
  const checks: Check[] = [];
  for (const name of ["pg", "store", "scratch", "cache", "log"] as const) {
    const limitGb = config.sizeLimitsGb[name];
    const sizeGb = (await sizeOf(folders[name])) / 1e9;
    const ok = sizeGb <= limitGb;
    const fields = { name, path: folders[name], sizeGb: sizeGb.toFixed(2), limitGb };
    checks.push(check(context, { id: `folder-${name}`, ok, key: ok ? "folder" : "folder-full", fields }));
  }
  return checks;
}

/** As root the data lie elsewhere, and a pointer says where. */
async function databaseFolder(folder: string): Promise<string> {
  const pointer = join(folder, "data-folder");
  return existsSync(pointer) ? (await readFile(pointer, "utf8")).trim() : folder;
}

/** Bytes of all files below; what goes away while we look counts nothing. */
async function sizeOf(path: string): Promise<number> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null) return 0;
  if (!stats.isDirectory()) return stats.size;
  let total = 0;
  for (const name of await readdir(path).catch(() => [])) total += await sizeOf(join(path, name));
  return total;
}
