import { NereusError } from "@/lib/errors";
import type { Connection, ExecResult } from "@/server/executors/connection/connection";
import type { JobHandle, JobRequest, JobStatus, Runner, Sentinel } from "@/server/executors/runner";
import { batchArguments, batchScript, setupScript } from "@/server/executors/slurm/batch-job";
import { cancelBatchJob } from "@/server/executors/slurm/cancel-batch-job";
import { findFailure } from "@/server/executors/slurm/find-failure";
import { isCalledOver, isUnexplained, judgeJob } from "@/server/executors/slurm/judge-job";
import { lookAtQueue } from "@/server/executors/slurm/look-at-queue";
import { type FolderView, parseSacct, type QueueRow } from "@/server/executors/slurm/parse-look";
import { submitScript } from "@/server/executors/slurm/remote-scripts";
import { jobName, type SlurmOptions } from "@/server/executors/slurm/slurm-options";
import { whoCancelled } from "@/server/executors/slurm/who-cancelled";

const submitSeconds = 60;
const pollSeconds = 15;
/** A shared file system may show a sentinel this much later than the queue shows the end, ms. */
const settleMs = 2000;
/** For the queue to clean up a job that was stopped, its own KillWait (30 s by default) included, ms. */
const cleanMs = 60_000;
/** A cluster without an accounting database is asked for it again after this, ms. */
const withoutAccountingMs = 600_000;

/**
 * Batch jobs of a Slurm cluster, over any connection to a machine with its commands. A poll costs one command for any
 * number of jobs, a second one when the queue has forgotten some. Slurm's states never count as success: see `judgeJob`.
 * @throws {NereusError} job-rejected; queue-silent (retryable) when nobody knows whether the job was taken; what the
 *   connection throws
 * Source: EXECUTION.md, section 4, measured on Slurm 22.05.
 */
export function slurmRunner(connection: Connection, options: SlurmOptions): Runner {
  const site = { connection, options };
  const memory: Memory = { endedSince: new Map(), askAccountingAfterMs: 0 };
  return {
    name: "slurm",
    submit: (job, signal) => submit(site, job, signal),
    poll: (handles, signal) => poll(site, handles, { memory, signal }),
    cancel: (handle, grace, signal) => cancelBatchJob(site, handle, { graceSeconds: grace, signal }),
    findByToken: (jobs, signal) => find(site, jobs, signal),
  };
}

type SlurmSite = { readonly connection: Connection; readonly options: SlurmOptions };
type Memory = { readonly endedSince: Map<string, number>; askAccountingAfterMs: number };

async function submit({ connection, options }: SlurmSite, job: JobRequest, signal?: AbortSignal): Promise<JobHandle> {
  const { token, scratch } = job;
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(token)) throw new TypeError(`a token is a file name: ${token}`);
  const setup = setupScript(options);
  if (setup !== null) await connection.writeAtomically(`${scratch}/setup.sh`, setup, { signal });
  const argv = ["bash", "-c", submitScript, "nereus", token, scratch, ...batchArguments(job, options)];
  const stdin = batchScript(job, options);
  const { environment } = options;
  const result = await connection.exec(argv, { stdin, environment, timeoutSeconds: submitSeconds, signal });
  if (result.exitCode !== 0) throw refusal(result);
  return { token, scratch, jobId: result.stdout.trim().split(" ")[1] ?? "" };
}

/** sbatch says no with exit code 1; whether it is the job or the moment stands in its words. */
function refusal({ exitCode, stderr }: ExecResult): NereusError {
  const lines = stderr.trim().split("\n");
  const problem = (lines.at(-1) ?? "").replace(/^sbatch: error: (Batch job submission failed: )?/, "");
  const mayPass = /contact slurm controller|timed out|temporarily unable|Resource temporarily|submit limit/i.test(
    stderr,
  );
  if (exitCode === 1 && !mayPass) return new NereusError("job-rejected", { problem });
  return new NereusError("queue-silent", { problem }, { retryable: true });
}

async function poll(
  site: SlurmSite,
  handles: readonly JobHandle[],
  { memory, signal }: { readonly memory: Memory; readonly signal?: AbortSignal },
): Promise<readonly JobStatus[]> {
  const look = await lookAtQueue(site, handles, signal);
  const { queue, silence } = look;
  const seen = handles.map((handle, index): Seen => {
    const folder = look.folders[index] ?? { kind: "nothing" };
    const rows = (queue ?? []).filter((row) => row.token === handle.token);
    const status = judgeJob(folder, rows);
    const isOver = isCalledOver(folder, rows);
    const isOpen = isUnexplained(folder, rows);
    // A silent queue is no proof that a job is gone.
    const submittedAt = rows.at(-1)?.submittedAt ?? null;
    const one = { handle, folder, isOver, isOpen, isQueued: rows.length > 0, submittedAt };
    if (queue === null && status.state === "missing") return { ...one, status: { state: "queued", reason: silence } };
    return { ...one, status };
  });
  const isForgotten = ({ status, isOpen, isQueued }: Seen) =>
    status.state === "missing" || (isOpen && !isQueued && queue !== null);
  const forgotten = seen.filter(isForgotten).map(({ handle }) => handle);
  const told = forgotten.length === 0 ? [] : await askAccounting(site, forgotten, { memory, signal });
  return Promise.all(
    seen.map((one) => {
      const rows = told.filter((row) => row.token === one.handle.token);
      if (!isForgotten(one) || rows.length === 0) return settle(site, one, memory);
      const folder: FolderView = one.isOpen ? one.folder : { kind: "nothing" };
      return settle(site, { ...one, isOpen: isUnexplained(folder, rows), status: judgeJob(folder, rows) }, memory);
    }),
  );
}

type Seen = {
  readonly handle: JobHandle;
  readonly folder: FolderView;
  readonly status: JobStatus;
  /** The queue calls the job over whose claim still seems alive. */
  readonly isOver: boolean;
  /** Nobody has said yet who stopped it. */
  readonly isOpen: boolean;
  /** The queue knows it. */
  readonly isQueued: boolean;
  readonly submittedAt: string | null;
};

/**
 * A job that is over is given time for its sentinel to appear, and one that was killed or stopped for the queue's own word;
 * then its log may tell more than both: slurmd writes there that it ended a job for its memory, whatever state it shows.
 */
async function settle(site: SlurmSite, seen: Seen, { endedSince }: Memory): Promise<JobStatus> {
  const { connection } = site;
  const { handle, status, submittedAt } = seen;
  if (status.state === "running" && seen.isOver) {
    const found = await findFailure(connection, handle.scratch);
    return found === null ? status : { state: "broken", ...found };
  }
  const isOpen = seen.isOpen || status.state === "broken" || (status.state === "ended" && isKilled(status.sentinel));
  if (!isOpen) {
    endedSince.delete(handle.token);
    return status;
  }
  const since = endedSince.get(handle.token) ?? Date.now();
  endedSince.set(handle.token, since);
  const waitMs = seen.isOpen && seen.isQueued ? cleanMs : settleMs;
  if (Date.now() - since < waitMs) return { state: "queued", reason: null };
  const found = await findFailure(connection, handle.scratch);
  if (status.state === "broken") {
    if (found !== null) return { ...status, ...found };
    if (status.failure !== "cancelled" || submittedAt === null) return status;
    return { ...status, failure: await whoCancelled(site, submittedAt) };
  }
  if (status.state !== "ended" || found === null) return status;
  return { state: "ended", sentinel: { ...status.sentinel, siteFailure: found.failure } };
}

/** The wrapper saw its work killed and did not do it itself. */
const isKilled = ({ signal, exitCode, timedOut }: Sentinel): boolean =>
  !timedOut && (signal === "SIGKILL" || exitCode === 137);

/** What the accounting database remembers; nothing where there is none. */
async function askAccounting(
  { connection, options }: SlurmSite,
  handles: readonly JobHandle[],
  { memory, signal }: { readonly memory: Memory; readonly signal?: AbortSignal },
): Promise<readonly QueueRow[]> {
  if (Date.now() < memory.askAccountingAfterMs) return [];
  const names = handles.map(({ token }) => jobName(token)).join(",");
  const format = ["-n", "-P", "-X", "-D", "-S", "now-7days", "-o", "jobid,jobname%160,state,nodelist"];
  const argv = ["timeout", "8", "sacct", ...format, `--name=${names}`];
  const { environment } = options;
  const result = await connection.exec(argv, { environment, timeoutSeconds: pollSeconds, signal });
  if (result.exitCode === 0) return parseSacct(result.stdout).filter(({ state }) => state !== "REQUEUED");
  if (/accounting storage is disabled/i.test(result.stderr)) {
    memory.askAccountingAfterMs = Date.now() + withoutAccountingMs;
    return [];
  }
  throw new NereusError(
    "queue-silent",
    { problem: result.stderr.trim() || "sacct gave no answer" },
    { retryable: true },
  );
}

async function find(
  site: SlurmSite,
  jobs: readonly { readonly token: string; readonly scratch: string }[],
  signal?: AbortSignal,
): Promise<readonly (JobHandle | null)[]> {
  const look = await lookAtQueue(site, jobs, signal);
  return jobs.map(({ token, scratch }, index) => {
    const folder = look.folders[index] ?? { kind: "nothing" };
    const row = look.queue?.find((one) => one.token === token);
    if (folder.kind === "nothing" && row === undefined) {
      if (look.queue === null) throw new NereusError("queue-silent", { problem: look.silence }, { retryable: true });
      return null;
    }
    const claimed = folder.kind === "claim" ? folder.jobId : "";
    return { token, scratch, jobId: row?.jobId ?? claimed };
  });
}
