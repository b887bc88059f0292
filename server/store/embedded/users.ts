import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import { processStart } from "@/server/store/embedded/process-start";

/** A start with initdb takes seconds; whoever waits longer than this waits for a process that hangs. */
const LOCK_TIMEOUT_MS = 120_000;

type User = { id: string; pid: number; startedAt: string };

/** Runs `work` while no other process starts, joins or leaves the database of this folder. */
export async function withUserLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  while (!takeLock(folder)) {
    if (Date.now() > deadline)
      throw new NereusError("embedded-database-failed", { step: "lock", problem: `${lockPath(folder)} stays held` });
    await wait(50);
  }
  try {
    return await work();
  } finally {
    rmSync(lockPath(folder), { force: true });
  }
}

/** The same for a process that is exiting and cannot wait: a lock that is held means that another one takes care. */
export function withUserLockNow(folder: string, work: () => void): void {
  if (!takeLock(folder)) return;
  try {
    work();
  } finally {
    rmSync(lockPath(folder), { force: true });
  }
}

/** Call under the lock. */
export function addUser(folder: string, id: string): void {
  writeUsers(folder, [...livingUsers(folder), { id, pid: process.pid, startedAt: processStart(process.pid) ?? "" }]);
}

/** Call under the lock. @returns how many users remain */
export function removeUser(folder: string, id: string): number {
  const users = livingUsers(folder).filter((user) => user.id !== id);
  writeUsers(folder, users);
  return users.length;
}

/** Users whose process lives; one that was killed does not count. The start time tells a reused process id. */
function livingUsers(folder: string): User[] {
  const path = join(folder, "users.json");
  if (!existsSync(path)) return [];
  const users: User[] = JSON.parse(readFileSync(path, "utf8"));
  return users.filter((user) => processStart(user.pid) === user.startedAt);
}

function writeUsers(folder: string, users: readonly User[]): void {
  const path = join(folder, "users.json");
  writeFileSync(`${path}.part`, JSON.stringify(users), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function lockPath(folder: string): string {
  return join(folder, "users.lock");
}

/** The lock appears with its content in one step, so no other process ever reads half of it. */
function takeLock(folder: string): boolean {
  const mine = join(folder, `users.lock.${process.pid}`);
  writeFileSync(mine, `${process.pid} ${processStart(process.pid)}`, { mode: 0o600 });
  try {
    linkSync(mine, lockPath(folder));
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    removeDeadLock(lockPath(folder));
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A lock whose holder was killed is removed. */
function removeDeadLock(path: string): void {
  if (!existsSync(path)) return;
  const [pid, startedAt] = readFileSync(path, "utf8").split(" ");
  if (startedAt !== undefined && processStart(Number(pid)) !== startedAt) rmSync(path, { force: true });
}
