import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import { type Cluster, serverUser } from "@/server/store/embedded/cluster";
import { processArguments, processStart } from "@/server/store/embedded/process-start";

/** Recovery after a crash of the machine may replay minutes of log; a warm start takes 0.4 s. */
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 25;

type StartOptions = {
  onProgress: (step: "start-database") => void;
  settings: Readonly<Record<string, string>>;
  /** Whoever used the server before it died knows this one; taken when it is free. */
  port?: number;
};

/**
 * The port of the server of ours that runs on these data, or null. A file left by one that was killed is removed: its
 * process id may belong to another program by now, and PostgreSQL would refuse to start.
 */
export async function adoptServer(cluster: Cluster): Promise<number | null> {
  const pid = runningServer(cluster);
  if (pid === null) {
    rmSync(pidPath(cluster), { force: true });
    return null;
  }
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (runningServer(cluster) === null) return adoptServer(cluster);
    const [, , , port, , , , status] = readPidFile(cluster);
    if (status?.trim() === "ready") return Number(port);
    await wait(POLL_MS);
  }
  throw new NereusError("embedded-database-failed", { step: "adopt", problem: `process ${pid} does not become ready` });
}

/** Starts the server on a free port of loopback and waits until it accepts connections. @returns the port */
export async function startServer(cluster: Cluster, options: StartOptions): Promise<number> {
  options.onProgress("start-database");
  for (let attempt = 1; ; attempt++) {
    const port = attempt === 1 && options.port !== undefined ? options.port : await freePort();
    const problem = await tryStart(cluster, port, options.settings);
    if (problem === null) return port;
    if (problem.includes("No space left")) throw new NereusError("disk-full", { path: cluster.data });
    // Between our probe and its bind another program may take the port.
    if (attempt === 3 || !problem.includes("could not bind"))
      throw new NereusError("embedded-database-failed", { step: "start", problem });
  }
}

/** Fast shutdown: ends open connections, writes a checkpoint. Returns when the process is gone. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const pid = runningServer(cluster);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (processStart(pid) !== null) {
    if (Date.now() > deadline)
      throw new NereusError("embedded-database-failed", { step: "stop", problem: `process ${pid} does not end` });
    await wait(POLL_MS);
  }
}

/** Asks for a fast shutdown without waiting for it. */
export function stopServerNow(cluster: Cluster): void {
  const pid = runningServer(cluster);
  if (pid !== null) process.kill(pid, "SIGINT");
}

/** @returns null when the server is ready, otherwise what it said */
async function tryStart(cluster: Cluster, port: number, settings: StartOptions["settings"]): Promise<string | null> {
  const logPath = join(dirname(cluster.folder), "log", "postgres.log");
  mkdirSync(dirname(logPath), { recursive: true });
  // A file, not a pipe: the server outlives the process that started it as long as another one uses it.
  const log = openSync(logPath, "w", 0o600);
  const flags = ["-h", "127.0.0.1", "-k", "", "-p", String(port), "-c", "timezone=UTC", "-c", "log_timezone=UTC"];
  const extra = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Its own session: Ctrl-C reaches the programs that use the database, and they stop it when they are done.
  const child = spawn(join(cluster.binaries, "bin", "postgres"), ["-D", cluster.data, ...flags, ...extra], {
    ...serverUser(),
    cwd: "/",
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  const state: { ended: string | null } = { ended: null };
  child.on("error", (error) => {
    state.ended = error.message;
  });
  child.on("exit", (code, signal) => {
    state.ended = `ended with ${signal ?? code}`;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (state.ended === null) {
    if (readFileSync(logPath, "utf8").includes("ready to accept connections")) return null;
    if (Date.now() > deadline) {
      child.kill("SIGINT");
      return `not ready after ${READY_TIMEOUT_MS / 1000} s: ${tailOf(logPath)}`;
    }
    await wait(POLL_MS);
  }
  return `${state.ended}: ${tailOf(logPath)}`;
}

function tailOf(path: string): string {
  return readFileSync(path, "utf8").trim().split("\n").slice(-5).join(" | ");
}

function pidPath(cluster: Cluster): string {
  return join(cluster.data, "postmaster.pid");
}

/** Lines of postmaster.pid: process id, data folder, start, port, socket folder, address, memory key, status. */
function readPidFile(cluster: Cluster): readonly string[] {
  return existsSync(pidPath(cluster)) ? readFileSync(pidPath(cluster), "utf8").split("\n") : [];
}

function runningServer(cluster: Cluster): number | null {
  const pid = Number(readPidFile(cluster)[0]);
  if (!Number.isInteger(pid) || pid <= 1 || processStart(pid) === null) return null;
  return processArguments(pid).includes(cluster.data) ? pid : null;
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((done, fail) => {
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? done(address.port) : fail(address)));
    });
  });
}
