import { readFile } from "node:fs/promises";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";

/**
 * A process for good: its number alone may have been given to another since. Start time in clock ticks since boot,
 * and the boot itself.
 */
export type ProcessIdentity = { readonly pid: number; readonly startTicks: string; readonly bootId: string };

export type ProcessRow = { readonly pid: number; readonly session: number; readonly startTicks: string };

/** The live process with this number; null for none and for one that has ended but was not waited for. */
export async function readProcess(pid: number): Promise<ProcessRow | null> {
  const line = await readProcFile(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold blanks and parentheses itself: fields are counted after the last one.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, , , session, ...rest] = fields;
  const startTicks = rest[15];
  if (startTicks === undefined || state === "Z" || state === "X") return null;
  return { pid, session: Number(session), startTicks };
}

let bootId: Promise<string> | null = null;

/** Changes at every start of the machine, so that old numbers never match new processes. */
export function readBootId(): Promise<string> {
  bootId ??= readProcFile("/proc/sys/kernel/random/boot_id").then((text) => text.trim());
  return bootId;
}

/** True while exactly this process lives. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const row = await readProcess(identity.pid);
  return row !== null && row.startTicks === identity.startTicks && (await readBootId()) === identity.bootId;
}

/** `pid startTicks bootId`: what a claim is signed with. */
export const writeIdentity = (identity: ProcessIdentity): string =>
  `${identity.pid} ${identity.startTicks} ${identity.bootId}`;

/** Reads what {@link writeIdentity} wrote; null for anything else. */
export function parseIdentity(text: string): ProcessIdentity | null {
  const [pid, startTicks, bootId] = text.trim().split(" ");
  if (pid === undefined || startTicks === undefined || bootId === undefined || !/^\d+$/.test(pid)) return null;
  return { pid: Number(pid), startTicks, bootId };
}

/** Empty for a process that ended meanwhile and for one of another user. */
export async function readProcFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ESRCH", "EACCES", "EPERM")) return "";
    throw error;
  }
}
