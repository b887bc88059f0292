import { spawnSync } from "node:child_process";
import { existsSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { CommandContext } from "@/server/cli/command-context";
import { type Check, check } from "@/server/cli/doctor/check";
import { findLeftovers } from "@/server/store/embedded/find-leftovers";

const OLDEST_NODE = [20, 19] as const;
/** A day of demonstration weather and its smoke runs takes about 1 GB. */
const NEEDED_GB = 2;
const TEST_TOOLS = [
  ["chromium", "chromium"],
  ["gdalinfo", "gdal-bin"],
  ["ncdump", "netcdf-bin"],
] as const;

/** Node, the configuration file, the disk, the tools of the tests and databases that nobody can reach any more. */
export function checkMachine(context: CommandContext): readonly Check[] {
  return [
    checkNode(context),
    checkConfig(context),
    checkDisk(context),
    ...checkTools(context),
    ...checkLeftovers(context),
  ];
}

function checkNode(context: CommandContext): Check {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const fields = { version, needed: OLDEST_NODE.join(".") };
  return check(context, { id: "node", ok, key: ok ? "node" : "node-old", fields });
}

/** A faulty file has stopped the command before it came here. */
function checkConfig(context: CommandContext): Check {
  const file = join(context.config.checkoutPath, "nereus.config.ts");
  return check(context, {
    id: "config",
    ok: true,
    key: existsSync(file) ? "config" : "config-default",
    fields: { file },
  });
}

function checkDisk(context: CommandContext): Check {
  const path = context.config.homePath;
  const { bavail, bsize } = statfsSync(path);
  const free = (bavail * bsize) / 1e9;
  const ok = free >= NEEDED_GB;
  const fields = { path, freeGb: free.toFixed(1), neededGb: NEEDED_GB };
  return check(context, { id: "disk", ok, key: ok ? "home" : "home-low", fields });
}

/** A missing one is no fault: only tests use them. */
function checkTools(context: CommandContext): Check[] {
  return TEST_TOOLS.map(([tool, debianPackage]) => {
    const { status } = spawnSync("/bin/sh", ["-c", 'command -v "$1"', "sh", tool], { stdio: "ignore" });
    const fields = { tool, package: debianPackage };
    return check(context, { id: `tool-${tool}`, ok: true, key: status === 0 ? "tool" : "tool-missing", fields });
  });
}

function checkLeftovers(context: CommandContext): Check[] {
  return findLeftovers().map((fields) => check(context, { id: "leftover", ok: true, key: "leftover", fields }));
}
