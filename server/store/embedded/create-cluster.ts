import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { NereusError } from "@/lib/errors";
import { type Cluster, isRoot, passwordPath, serverUser } from "@/server/store/embedded/cluster";
import { stateFolder } from "@/server/store/embedded/state-folder";

/**
 * Makes the data folder and its password. The pointer to it is written last, so that a start which was interrupted makes
 * a new one instead of using half of one.
 */
export async function createCluster(
  folder: string,
  options: { binaries: string; onProgress: (step: "create-database") => void },
): Promise<Cluster> {
  options.onProgress("create-database");
  const place = isRoot() ? join(stateFolder(), `pg-${randomBytes(6).toString("hex")}`) : folder;
  const data = join(place, "data");
  rmSync(data, { recursive: true, force: true });
  mkdirSync(place, { recursive: true, mode: isRoot() ? 0o755 : 0o700 });
  mkdirSync(data, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const passwordForServer = join(place, "initial-password");
  writeFileSync(passwordForServer, password, { mode: 0o600 });
  giveToServer(data, passwordForServer);
  try {
    await runInitdb(join(options.binaries, "bin", "initdb"), data, passwordForServer);
  } finally {
    rmSync(passwordForServer);
  }
  writeFileSync(passwordPath(folder), password, { mode: 0o600 });
  chmodSync(passwordPath(folder), 0o600);
  if (isRoot()) writeFileSync(join(place, "home"), resolve(folder));
  writeFileSync(join(folder, "data-folder.part"), data);
  renameSync(join(folder, "data-folder.part"), join(folder, "data-folder"));
  return { folder, data, binaries: options.binaries };
}

function giveToServer(...paths: readonly string[]): void {
  const { uid, gid } = serverUser();
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) chownSync(path, uid, gid);
}

/** Scram also on loopback: with trust every user of the machine would own the data. */
function runInitdb(initdb: string, data: string, passwordFile: string): Promise<void> {
  const argv = ["-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256"];
  const child = spawn(initdb, [...argv, `--pwfile=${passwordFile}`], {
    ...serverUser(),
    cwd: "/",
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let tail = "";
  child.stderr.on("data", (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000);
  });
  return new Promise((done, fail) => {
    child.on("error", (cause) => fail(initdbFailed(data, cause.message)));
    child.on("close", (code) => (code === 0 ? done() : fail(initdbFailed(data, tail.trim()))));
  });
}

function initdbFailed(data: string, problem: string): NereusError {
  if (problem.includes("No space left")) return new NereusError("disk-full", { path: data });
  return new NereusError("embedded-database-failed", { step: "initdb", problem });
}
