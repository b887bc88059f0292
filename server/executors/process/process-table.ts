import { readdir, readFile } from "node:fs/promises";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";

/**
 * A process for good: its number alone may have been given to another since. Start time in clock ticks since boot,
 * and the boot itself.
 */
export type ProcessIdentity = { readonly pid: number; readonly startTicks: string; readonly bootId: string };

export type ProcessRow = { readonly pid: number; readonly session: number; readonly startTicks: string };

/** The live process with this number; null for none and for one that has ended but was not waited for. */
export async function readProcess(pid: number): Promise<ProcessRow | null> {
  const line = await readIfThere(`/proc/${pid}/stat`);
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
  bootId ??= readIfThere("/proc/sys/kernel/random/boot_id").then((text) => text.trim());
  return bootId;
}

/** True while exactly this process lives. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const row = await readProcess(identity.pid);
  return row !== null && row.startTicks === identity.startTicks && (await readBootId()) === identity.bootId;
}

/**
 * Every live process of a job: those of the wrapper's session, and those that left it but still carry the token in
 * their environment.
 */
export async function processesOfJob(wrapper: ProcessIdentity | null, token: string): Promise<readonly ProcessRow[]> {
  const session = wrapper === null ? null : await sessionOf(wrapper);
  const mark = `NEREUS_TOKEN=${token}\0`;
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const rows = await Promise.all(
    numbers.map(async (pid) => {
      const row = await readProcess(pid);
      if (row === null) return null;
      if (row.session === session) return row;
      return (await readIfThere(`/proc/${pid}/environ`)).includes(mark) ? row : null;
    }),
  );
  return rows.filter((row) => row !== null);
}

/** Null when the number of the wrapper, and so perhaps of its session, belongs to another process by now. */
async function sessionOf(wrapper: ProcessIdentity): Promise<number | null> {
  if (wrapper.bootId !== (await readBootId())) return null;
  const leader = await readProcess(wrapper.pid);
  return leader === null || leader.startTicks === wrapper.startTicks ? wrapper.pid : null;
}

/** Sends a signal to a process that may already be gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!hasErrorCode(error, "ESRCH")) throw error;
  }
}

/** Empty for a process that ended meanwhile and for one of another user. */
async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ESRCH", "EACCES", "EPERM")) return "";
    throw error;
  }
}
