// The system programs that tests need (test/requirements.debian.txt): finds what is missing and, when told to, installs it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Debian's own way to keep a package from starting its service. */
const POLICY = "/usr/sbin/policy-rc.d";

/** @returns Debian packages whose program is not there */
export function missingPackages() {
  return readFileSync(join(root, "test/requirements.debian.txt"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.split("|").map((part) => part.trim()))
    .filter(([, probe]) => !isThere(probe))
    .map(([name]) => name);
}

/** The one line that a person can type. */
export function aptLine(packages) {
  return `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;
}

/** Installs packages without starting any service. @returns whether all went well */
export function installPackages(packages) {
  const hadPolicy = existsSync(POLICY);
  if (!hadPolicy) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return runApt("update", "-q") && runApt("install", "-y", "-q", "--no-install-recommends", ...packages);
  } finally {
    if (!hadPolicy) rmSync(POLICY);
  }
}

function runApt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env }).status === 0;
}

function isThere(probe) {
  if (!probe.startsWith("python3:"))
    return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, probe)));
  const ask = ["-c", `import ${probe.slice("python3:".length)}`];
  // Another Python before the system's in the path has not what Debian's packages bring.
  return ["/usr/bin/python3", "python3"].some((each) => spawnSync(each, ask, { stdio: "ignore" }).status === 0);
}
