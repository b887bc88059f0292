import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Measured beside ours and used for nothing else, so they are installed when somebody asks for the comparison. */
const versions = { "pg-boss": "10.4.2", "@dbos-inc/dbos-sdk": "5.3.0" };

/**
 * The module of a peer, from a cache of its own.
 * @throws when it cannot be installed, as without a network
 */
export async function loadPeer(name: keyof typeof versions): Promise<unknown> {
  const folder = join(process.cwd(), "node_modules/.cache/peers");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "node_modules", name))) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: versions }));
    const { status, stderr } = spawnSync("npm", ["install", "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the peers were not installed: ${stderr}`);
  }
  return import(pathToFileURL(createRequire(join(folder, "package.json")).resolve(name)).href);
}
