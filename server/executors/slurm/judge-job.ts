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

/** States after which a job's processes may live on, out of the queue's sight, until its node comes back. */
const mayLiveOn = new Set(["NODE_FAIL", "FAILED"]);

/** Reasons that time does not mend: the job would wait for ever (EXECUTION.md, S5). */
const hopeless =
  /^(PartitionTimeLimit|PartitionNodeLimit|DependencyNeverSatisfied|BadConstraints|Invalid(Account|QOS)|AccountNotAllowed|QOSNotAllowed|JobHeldAdmin|launch failed requeued held)/;

/**
 * One verdict from what the queue and the attempt's folder say. The sentinel alone proves an end; a scheduler's state
 * without it tells only that nothing more will come. A live claim outweighs a queue that has forgotten the job, and one
 * that lost the job's node: a node that does not answer may still work, and its job must not be done twice.
 * @param rows  the jobs of this token; several when a submit was repeated in doubt
 */
export function judgeJob(folder: FolderView, rows: readonly QueueRow[]): JobStatus {
  const claimer = folder.kind === "claim" ? rows.find(({ jobId }) => jobId === folder.jobId) : undefined;
  const row = claimer ?? rows.find(isActive) ?? rows.at(-1);
  if (folder.kind === "sentinel") return judgeEnd(folder.sentinel, row);
  if (folder.kind === "claim") {
    const running = { state: "running", startedAtMs: folder.claimedAtSeconds * 1000 } as const;
    if (row !== undefined && isActive(row)) return running;
    if (row === undefined || row !== claimer) return folder.isFresh ? running : { state: "missing" };
    if (mayLiveOn.has(row.state) && folder.isFresh) return running;
  }
  if (row === undefined) return { state: "missing" };
  if (row.state === "PENDING" || row.state === "REQUEUE_HOLD") return judgeWaiting(row);
  if (isActive(row)) return { state: "queued", reason: row.state.toLowerCase() };
  const failure = failures[row.state];
  if (failure === undefined) return { state: "missing" };
  return { state: "broken", failure, reason: row.reason ?? row.state, ...hostOf(row) };
}

/** A wrapper that was told to stop does not know by whom; the queue does. */
function judgeEnd(sentinel: Extract<FolderView, { kind: "sentinel" }>["sentinel"], row?: QueueRow): JobStatus {
  const failure = sentinel.stopped && row !== undefined ? failures[row.state] : undefined;
  if (row === undefined || failure === undefined || failure === "launch-failed") return { state: "ended", sentinel };
  return { state: "broken", failure, reason: row.reason ?? row.state, ...hostOf(row) };
}

/**
 * A wrapper was told to stop, and the queue has yet to say by whom: while it cleans up a job, and when it has forgotten one
 * that the accounting may know.
 */
export function isUnexplained(folder: FolderView, rows: readonly QueueRow[]): boolean {
  if (folder.kind !== "sentinel" || !folder.sentinel.stopped || folder.sentinel.timedOut) return false;
  return rows.length === 0 || rows.some(isActive);
}

function judgeWaiting({ reason, startsAt }: QueueRow): JobStatus {
  if (reason !== null && hopeless.test(reason)) return { state: "broken", failure: "launch-failed", reason };
  const estimate = startsAt === null ? "" : `, start expected ${startsAt}`;
  return { state: "queued", reason: reason === null ? null : `${reason}${estimate}` };
}

/** The queue calls the job over that holds the claim: its log may say why, also while its beat is still fresh. */
export const isCalledOver = (folder: FolderView, rows: readonly QueueRow[]): boolean =>
  folder.kind === "claim" && rows.some((row) => row.jobId === folder.jobId && !isActive(row));

const hostOf = ({ host }: QueueRow) => (host === null ? {} : { host });

const over = new Set([...Object.keys(failures), "COMPLETED"]);

/** In the queue and not over, whatever the newest Slurm calls it. */
export const isActive = ({ state }: QueueRow): boolean => !over.has(state);
