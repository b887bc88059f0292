import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { type Cluster, findCluster, readPassword } from "@/server/store/embedded/cluster";
import { createCluster } from "@/server/store/embedded/create-cluster";
import { ensureDatabase } from "@/server/store/embedded/ensure-database";
import { prepareBinaries } from "@/server/store/embedded/prepare-binaries";
import { adoptServer, startServer, stopServer, stopServerNow } from "@/server/store/embedded/server-process";
import { addUser, removeUser, withUserLock, withUserLockNow } from "@/server/store/embedded/users";

/** What a start may do that takes over a second. */
export type EmbeddedStep = "copy-binaries" | "create-database" | "start-database" | "join-database";
type EmbeddedProgress = (step: EmbeddedStep) => void;
export type EmbeddedDatabase = {
  url: string;
  /** Starts the server again, under the same address, when it has died. @returns whether it had */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
};
export type EmbeddedOptions = {
  /** Server settings such as `fsync`; only tests set any. */
  settings?: Readonly<Record<string, string>>;
};

/**
 * Starts the PostgreSQL of a home, or joins the one that runs. Every caller counts as a user: the server stops when the
 * last one calls `stop` (or exits). Safe to call from several processes at once.
 * @param homePath  NEREUS_HOME; made when missing
 * @throws {NereusError} `home-unwritable`, `disk-full`, `embedded-database-missing`, `embedded-database-failed`
 */
export async function startEmbedded(
  homePath: string,
  onProgress: EmbeddedProgress,
  options: EmbeddedOptions = {},
): Promise<EmbeddedDatabase> {
  const folder = join(homePath, "pg");
  makeFolder(homePath);
  makeFolder(folder);
  const user = `${process.pid}-${randomBytes(4).toString("hex")}`;
  return withUserLock(folder, async () => {
    const cluster = await openCluster(folder, onProgress);
    const running = await adoptServer(cluster);
    if (running !== null) onProgress("join-database");
    const port = running ?? (await startServer(cluster, { onProgress, settings: options.settings ?? {} }));
    addUser(folder, user);
    await ensureDatabase(urlOf(cluster, port, "postgres"), "nereus");
    const revive = () => reviveServer(cluster, { ...options, port });
    return { url: urlOf(cluster, port, "nereus"), revive, stop: stopOnce(cluster, user) };
  });
}

function reviveServer(cluster: Cluster, { settings = {}, port }: EmbeddedOptions & { port: number }): Promise<boolean> {
  return withUserLock(cluster.folder, async () => {
    if ((await adoptServer(cluster)) !== null) return false;
    const at = await startServer(cluster, { onProgress: () => undefined, settings, port });
    if (at === port) return true;
    await stopServer(cluster);
    const problem = `its port ${port} was taken by another program meanwhile`;
    throw new NereusError("embedded-database-failed", { step: "start", problem });
  });
}

async function openCluster(folder: string, onProgress: EmbeddedProgress): Promise<Cluster> {
  const binaries = prepareBinaries(folder, onProgress);
  return findCluster(folder, binaries) ?? (await createCluster(folder, { binaries, onProgress }));
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    if (path.endsWith("pg")) chmodSync(path, 0o700);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new NereusError("home-unwritable", { path, problem }, { cause });
  }
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${readPassword(cluster)}@127.0.0.1:${port}/${database}`;
}

/** Leaves the database, at most once; a process that exits without calling it leaves on its way out. */
function stopOnce(cluster: Cluster, user: string): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const onExit = () => {
    if (stopping === undefined)
      withUserLockNow(cluster.folder, () => {
        if (removeUser(cluster.folder, user) === 0) stopServerNow(cluster);
      });
  };
  process.once("exit", onExit);
  return () => {
    process.removeListener("exit", onExit);
    stopping ??= withUserLock(cluster.folder, async () => {
      if (removeUser(cluster.folder, user) === 0) await stopServer(cluster);
    });
    return stopping;
  };
}
