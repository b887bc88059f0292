import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";

/** PostgreSQL refuses to run as root: the user nobody of every Linux runs it then. */
const UNPRIVILEGED = { uid: 65534, gid: 65534 };

/** The data of one home and what runs it. */
export type Cluster = {
  /** NEREUS_HOME/pg: pointer, password, users and lock. */
  folder: string;
  /** The data folder of PostgreSQL; as root it lies in a system state folder. */
  data: string;
  /** Folder that holds bin/postgres and bin/initdb. */
  binaries: string;
};

/** The cluster that this home made earlier, or null when it has none (or one whose making was interrupted). */
export function findCluster(folder: string, binaries: string): Cluster | null {
  const pointer = join(folder, "data-folder");
  if (!existsSync(pointer)) return null;
  const data = readFileSync(pointer, "utf8").trim();
  return existsSync(data) ? { folder, data, binaries } : null;
}

/** The user that runs the server: ours, or nobody when we are root. */
export function serverUser(): { uid?: number; gid?: number } {
  return isRoot() ? UNPRIVILEGED : {};
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function passwordPath(folder: string): string {
  return join(folder, "password");
}

export function readPassword(cluster: Cluster): string {
  const path = passwordPath(cluster.folder);
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    const problem = `the password file ${path} cannot be read; start as the user who made this home`;
    throw new NereusError("embedded-database-failed", { step: "open", problem }, { cause });
  }
}
