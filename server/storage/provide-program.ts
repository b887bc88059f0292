import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";

/**
 * Brings our bundled programs to a site, each once per content: `<folder>/<sha256>/<name>.mjs`. A new version lies beside
 * the old one, which running jobs may still need.
 * @param bundled  folder of the bundles on this machine
 * @param folder   folder for them at the site
 * @returns a function from a program's name to its path at the site
 * @throws {NereusError} program-not-bundled
 */
export function programProvider(
  connection: Connection,
  bundled: string,
  folder: string,
): (program: string) => Promise<string> {
  const there = new Set<string>();
  return async (program) => {
    const content = await readFile(join(bundled, `${program}.mjs`)).catch((cause: unknown) => {
      throw new NereusError("program-not-bundled", { program, folder: bundled }, { cause });
    });
    const sha256 = createHash("sha256").update(content).digest("hex");
    const path = `${folder}/${sha256}/${program}.mjs`;
    if (there.has(path)) return path;
    if ((await connection.realPath(path)) === null) {
      await connection.makeFolder(`${folder}/${sha256}`);
      await connection.writeAtomically(path, content);
    }
    there.add(path);
    return path;
  };
}
