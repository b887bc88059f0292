import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { Config } from "@/server/config";

/**
 * Makes the folders of NEREUS_HOME and proves that they can be written.
 * @throws {NereusError} `home-unwritable`, `disk-full`
 */
export function demandHome(config: Config): void {
  for (const path of [config.homePath, config.storePath, config.scratchPath, config.cachePath, config.logPath])
    writeProbe(path);
}

/** A file with content: a full disk still lets an empty one be made. */
function writeProbe(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, Buffer.alloc(64 * 1024, 1));
    rmSync(probe);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOSPC")
      throw new NereusError("disk-full", { path }, { cause });
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new NereusError("home-unwritable", { path, problem }, { cause });
  }
}
