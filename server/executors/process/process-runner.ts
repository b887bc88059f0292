import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { minimalEnvironment } from "@/server/executors/connection/minimal-environment";
import { parseSentinel } from "@/server/executors/parse-sentinel";
import { cancelJob } from "@/server/executors/process/cancel-job";
import { readClaim } from "@/server/executors/process/claim";
import { processesOfJob, signalProcess } from "@/server/executors/process/process-table";
import { releaseLeft } from "@/server/executors/process/release-left";
import { watchScratch } from "@/server/executors/process/watch-scratch";
import {
  isAlive,
  type ProcessIdentity,
  parseIdentity,
  readBootId,
  readProcess,
  writeIdentity,
} from "@/server/executors/process-identity";
import { type JobHandle, type JobRequest, type JobStatus, type Runner, scratchNames } from "@/server/executors/runner";
import { wrapperScript } from "@/server/executors/wrapper-script";

/** A claim without a process behind it is given up after this, ms. */
const claimWithoutProcessMs = 10_000;

/**
 * Runs jobs as processes of this machine, each under a wrapper in a session of its own, so that they outlive the
 * worker and can be found again from their scratch folder alone. Linux: it reads `/proc`.
 * @param options.graceSeconds  between TERM and KILL when a job passes its time limit
 */
export function processRunner(options: { graceSeconds: number } = { graceSeconds: 10 }): Runner {
  return {
    name: "process",
    submit: (job) => submit(job, options.graceSeconds),
    poll: (handles) => Promise.all(handles.map(look)),
    cancel: (handle, graceSeconds, signal) => cancelJob(handle, graceSeconds, signal),
    findByToken: (jobs) => Promise.all(jobs.map(find)),
    watch: watchScratch,
  };
}

async function submit(job: JobRequest, graceSeconds: number): Promise<JobHandle> {
  const { token, scratch } = job;
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(token)) throw new TypeError(`a token is a file name: ${token}`);
  const earlier = await find(job);
  if (earlier !== null) return earlier;
  await mkdir(join(scratch, scratchNames.outputs), { recursive: true });
  await writeFile(join(scratch, "wrapper.sh"), wrapperScript);
  const limit = String(Math.ceil(job.timeoutSeconds));
  const child = spawn("/bin/bash", ["wrapper.sh", token, limit, String(Math.ceil(graceSeconds))], {
    cwd: scratch,
    detached: true,
    stdio: "ignore",
    env: { ...minimalEnvironment(), ...job.environment, ...job.secrets, NEREUS_TOKEN: token },
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.unref();
  return { token, scratch, jobId: await nameProcess(child.pid ?? 0) };
}

async function nameProcess(pid: number): Promise<string> {
  const [row, bootId] = await Promise.all([readProcess(pid), readBootId()]);
  return writeIdentity({ pid, startTicks: row?.startTicks ?? "0", bootId });
}

async function find(job: { readonly token: string; readonly scratch: string }): Promise<JobHandle | null> {
  const claim = await readClaim(job.scratch, job.token);
  if (claim === null) return null;
  return { token: job.token, scratch: job.scratch, jobId: claim.process === null ? "" : writeIdentity(claim.process) };
}

async function look(handle: JobHandle): Promise<JobStatus> {
  const ended = await readSentinel(handle);
  if (ended !== null) return ended;
  const claim = await readClaim(handle.scratch, handle.token);
  if (claim?.process != null) {
    if (await isAlive(claim.process)) return { state: "running", startedAtMs: claim.claimedAtMs };
    return (await readSentinel(handle)) ?? (await sweep(claim.process, handle));
  }
  if (claim !== null && Date.now() - claim.claimedAtMs < claimWithoutProcessMs) return starting;
  const started = parseIdentity(handle.jobId);
  if (started !== null && (await isAlive(started))) return starting;
  // The wrapper may have claimed, or even ended, since the first look.
  if (claim === null && (await readClaim(handle.scratch, handle.token)) !== null) return starting;
  return (await readSentinel(handle)) ?? { state: "missing" };
}

const starting: JobStatus = { state: "queued", reason: null };

/** A wrapper that was killed leaves nobody to tell how its work ended: what it left behind must not go on. */
async function sweep(wrapper: ProcessIdentity, { token, scratch }: JobHandle): Promise<JobStatus> {
  for (const left of await processesOfJob(wrapper, token)) signalProcess(left.pid, "SIGKILL");
  await releaseLeft(scratch);
  return { state: "missing" };
}

async function readSentinel(handle: JobHandle): Promise<JobStatus | null> {
  const path = join(handle.scratch, scratchNames.sentinel);
  try {
    const sentinel = parseSentinel(await readFile(path, "utf8"), handle.token);
    return sentinel === null ? null : { state: "ended", sentinel };
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}
