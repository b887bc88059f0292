import { readdir } from "node:fs/promises";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import {
  type ProcessIdentity,
  type ProcessRow,
  readBootId,
  readProcess,
  readProcFile,
} from "@/server/executors/process-identity";

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
      return (await readProcFile(`/proc/${pid}/environ`)).includes(mark) ? row : null;
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
