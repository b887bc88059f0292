import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import { takeClaim } from "@/server/executors/claim-folder";
import { readClaim } from "@/server/executors/process/claim";
import { processesOfJob, signalProcess } from "@/server/executors/process/process-table";
import { releaseLeft } from "@/server/executors/process/release-left";
import { type ProcessIdentity, parseIdentity } from "@/server/executors/process-identity";
import type { JobHandle } from "@/server/executors/runner";

/** Time for the wrapper to write its sentinel once the work was killed, and for the system to bury the rest, ms. */
const settleMs = 5000;

/**
 * Ends a job: TERM, `graceSeconds`, KILL, and only returns when no process of it is left. The wrapper is spared until
 * it has written how the work ended. A job that has not begun never will.
 * @throws {NereusError} command-timed-out (retryable) when something survives KILL, such as a process in a dead disk
 */
export async function cancelJob(handle: JobHandle, graceSeconds: number, signal?: AbortSignal): Promise<void> {
  const { scratch, token } = handle;
  await takeClaim(scratch, token);
  const claim = await readClaim(scratch, token);
  const wrapper = claim?.process ?? parseIdentity(handle.jobId);
  const all = () => processesOfJob(wrapper, token);
  const emptyWithin = async (ms: number) => {
    const deadline = Date.now() + ms;
    for (let waitMs = 10; (await all()).length > 0; waitMs = Math.min(waitMs * 2, 200)) {
      if (Date.now() >= deadline) return false;
      await pause(waitMs, undefined, { signal });
    }
    return true;
  };

  await terminate(wrapper, token);
  if (await emptyWithin(graceSeconds * 1000)) return releaseLeft(scratch);
  for (const row of await all()) if (row.pid !== wrapper?.pid) signalProcess(row.pid, "SIGKILL");
  if (await emptyWithin(settleMs)) return releaseLeft(scratch);
  for (const row of await all()) signalProcess(row.pid, "SIGKILL");
  if (await emptyWithin(settleMs)) return releaseLeft(scratch);
  const fields = { command: `cancel ${handle.jobId}`, seconds: graceSeconds + (2 * settleMs) / 1000 };
  throw new NereusError("command-timed-out", fields, { retryable: true });
}

/** The wrapper passes TERM on to its group; whoever left the session is told directly, nobody twice. */
async function terminate(wrapper: ProcessIdentity | null, token: string): Promise<void> {
  const rows = await processesOfJob(wrapper, token);
  const leader = rows.find((row) => row.pid === wrapper?.pid);
  for (const row of rows) {
    if (leader === undefined || row === leader || row.session !== leader.session) signalProcess(row.pid, "SIGTERM");
  }
}
