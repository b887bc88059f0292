import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";
import type { JobHandle } from "@/server/executors/runner";
import { isActive } from "@/server/executors/slurm/judge-job";
import { lookAtQueue } from "@/server/executors/slurm/look-at-queue";
import { takeClaimScript } from "@/server/executors/slurm/remote-scripts";
import type { SlurmOptions } from "@/server/executors/slurm/slurm-options";

/** For the wrapper to write how the work ended once that was killed, s. */
const sentinelSeconds = 5;
/** For the queue to clean up, its own KillWait (30 s by default) included, s. */
const cleanSeconds = 60;

/**
 * Ends the jobs of a token and returns when the queue has none of them: TERM to the wrapper, which passes it on; after
 * the grace the wrapper is told to kill the work and write its sentinel; then the queue sweeps what is left. What has
 * not begun is taken from the queue and its claim kept, so that no copy ever begins.
 * @throws {NereusError} command-timed-out (retryable) when something survives
 * Source: EXECUTION.md, C11, S14 and S15.
 */
export async function cancelBatchJob(
  site: { readonly connection: Connection; readonly options: SlurmOptions },
  handle: JobHandle,
  { graceSeconds, signal }: { readonly graceSeconds: number; readonly signal?: AbortSignal },
): Promise<void> {
  const { connection, options } = site;
  const run = (argv: readonly string[]) =>
    connection.exec(argv, { environment: options.environment, timeoutSeconds: 30, signal });
  const look = async () => {
    const { queue, silence, folders } = await lookAtQueue(site, [handle], signal);
    if (queue === null) throw new NereusError("queue-silent", { problem: silence }, { retryable: true });
    const ids = queue.filter((row) => row.token === handle.token && isActive(row)).map(({ jobId }) => jobId);
    const [folder] = folders;
    return { ids, hasEnded: folder?.kind === "sentinel", isAlive: folder?.kind === "claim" && folder.isFresh };
  };
  const within = async (seconds: number, isDone: (seen: Awaited<ReturnType<typeof look>>) => boolean) => {
    const deadline = Date.now() + seconds * 1000;
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1000)) {
      if (isDone(await look())) return true;
      if (Date.now() >= deadline) return false;
      await pause(Math.min(waitMs, Math.max(10, deadline - Date.now())), undefined, { signal });
    }
  };

  const { stdout } = await run(["bash", "-c", takeClaimScript, "nereus", handle.token, handle.scratch]);
  const { ids, hasEnded, isAlive } = await look();
  if (ids.length === 0) {
    // The queue has forgotten a job that works on, or lost its node: nobody can end it, so nothing may take its place.
    if (stdout.trim() === "taken" || !isAlive || hasEnded) return;
    throw new NereusError("command-timed-out", { command: "scancel", seconds: 0 }, { retryable: true });
  }
  if (stdout.trim() !== "taken" && !hasEnded) {
    await run(["scancel", "--batch", "--signal=TERM", ...ids]);
    const isOver = await within(graceSeconds, (seen) => seen.hasEnded || seen.ids.length === 0);
    if (!isOver) {
      await run(["scancel", "--batch", "--signal=USR1", ...ids]);
      await within(sentinelSeconds, (seen) => seen.hasEnded || seen.ids.length === 0);
    }
  }
  await run(["scancel", ...ids]);
  if (await within(cleanSeconds, (seen) => seen.ids.length === 0)) return;
  const fields = { command: `scancel ${ids.join(" ")}`, seconds: cleanSeconds };
  throw new NereusError("command-timed-out", fields, { retryable: true });
}
