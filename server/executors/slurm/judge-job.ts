import type { JobStatus, SiteFailure } from "@/server/executors/runner";
import type { FolderView, QueueRow } from "@/server/executors/slurm/parse-look";

const failures: Readonly<Record<string, SiteFailure>> = {
  TIMEOUT: "timeout",
  DEADLINE: "timeout",
  OUT_OF_MEMORY: "out-of-memory",
  NODE_FAIL: "node-failed",
  BOOT_FAIL: "launch-failed",
  PREEMPTED: "preempted",
  CANCELLED: "cancelled",
  REVOKED: "cancelled",
  // The batch script is ours and ends with 0: a failure without sentinel means that it was killed or never ran.
  FAILED: "launch-failed",
};

/** Reasons that time does not mend: the job would wait for ever (EXECUTION.md, S5). */
const hopeless =
  /^(PartitionTimeLimit|PartitionNodeLimit|DependencyNeverSatisfied|BadConstraints|Invalid(Account|QOS)|AccountNotAllowed|QOSNotAllowed|JobHeldAdmin|launch failed requeued held)/;

/**
 * One verdict from what the queue and the attempt's folder say. The sentinel alone proves an end; a scheduler's state
 * without it tells only that nothing more will come. A live claim outweighs a queue that has forgotten the job.
 * @param rows  the jobs of this token; several when a submit was repeated in doubt
 */
export function judgeJob(folder: FolderView, rows: readonly QueueRow[]): JobStatus {
  if (folder.kind === "sentinel") return { state: "ended", sentinel: folder.sentinel };
  const claimer = folder.kind === "claim" ? rows.find(({ jobId }) => jobId === folder.jobId) : undefined;
  const row = claimer ?? rows.find(isActive) ?? rows.at(-1);
  if (folder.kind === "claim" && (row === undefined || isActive(row) || row !== claimer)) {
    if (!folder.isFresh && (row === undefined || !isActive(row))) return { state: "missing" };
    return { state: "running", startedAtMs: folder.claimedAtSeconds * 1000 };
  }
  if (row === undefined) return { state: "missing" };
  if (row.state === "PENDING" || row.state === "REQUEUE_HOLD") {
    const { reason } = row;
    if (reason !== null && hopeless.test(reason)) return { state: "broken", failure: "launch-failed", reason };
    const estimate = row.startsAt === null ? "" : `, start expected ${row.startsAt}`;
    return { state: "queued", reason: reason === null ? null : `${reason}${estimate}` };
  }
  if (isActive(row)) return { state: "queued", reason: row.state.toLowerCase() };
  const failure = failures[row.state];
  return failure === undefined ? { state: "missing" } : { state: "broken", failure, reason: row.reason ?? row.state };
}

const over = new Set([...Object.keys(failures), "COMPLETED"]);

/** In the queue and not over, whatever the newest Slurm calls it. */
export const isActive = ({ state }: QueueRow): boolean => !over.has(state);
