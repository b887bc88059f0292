import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import { takeClaim } from "@/server/executors/claim-folder";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { parseSentinel } from "@/server/executors/parse-sentinel";
import {
  type JobHandle,
  type JobRequest,
  type JobStatus,
  type Runner,
  type Sentinel,
  scratchNames,
} from "@/server/executors/runner";
import { doWebJob, type StopCause, writeUnknownOutcome } from "@/server/executors/web/do-web-job";
import type { WebAccess } from "@/server/executors/web/web-access";
import { isCancelWished, readWebClaim, signClaim, wasAsked, wishCancel } from "@/server/executors/web/web-claim";

/** The job id of all web jobs: they are known by their tokens. */
const webJobId = "web";

/** Between two looks for a cancel that another worker wishes, ms. */
const wishLookMs = 1000;
/** Longest time for a job to end once it is stopped, ms. */
const settleMs = 10_000;

type Live = {
  readonly startedAtMs: number;
  readonly stopper: AbortController;
  readonly isOnce: boolean;
  readonly done: Promise<void>;
};

/** What this process does, by token; several workers in one process share it. */
const live = new Map<string, Live>();

/**
 * Web requests and websockets, done by the worker itself: they need no process, so thousands of them may be open. A job that
 * its worker did not survive is missing, and begun anew by the engine; where that could do something twice, it ends as
 * unknown instead.
 */
export function webRunner(access: WebAccess): Runner {
  return {
    name: "web",
    submit: (job) => submit(job, access),
    poll: (handles) => Promise.all(handles.map(look)),
    cancel,
    findByToken: (jobs) => Promise.all(jobs.map(find)),
  };
}

async function submit(job: JobRequest, access: WebAccess): Promise<JobHandle> {
  const { token, scratch, web } = job;
  if (web === undefined) throw new TypeError("a web job says what it asks");
  await mkdir(join(scratch, scratchNames.outputs), { recursive: true });
  const handle = { token, scratch, jobId: webJobId };
  if (!(await takeClaim(scratch, token))) return handle;
  await signClaim(job);
  const stopper = new AbortController();
  const startedAtMs = Date.now();
  const stop = (cause: StopCause) => stopper.abort(cause);
  const limit = setTimeout(() => stop("timed-out"), Math.min(job.timeoutSeconds * 1000, 2 ** 31 - 1));
  const wish = setInterval(async () => {
    if (await isCancelWished(job).catch(() => false)) stop("cancelled");
  }, wishLookMs);
  const done = doWebJob({ ...job, web }, access, { signal: stopper.signal, startedAtMs }).finally(() => {
    clearTimeout(limit);
    clearInterval(wish);
    live.delete(token);
  });
  // A sentinel that could not be written leaves the job missing, which the engine finds.
  done.catch(() => undefined);
  live.set(token, { startedAtMs, stopper, done, isOnce: !web.repeatable });
  return handle;
}

async function look(handle: JobHandle): Promise<JobStatus> {
  const running = live.get(handle.token);
  if (running !== undefined) return { state: "running", startedAtMs: running.startedAtMs };
  const sentinel = await readSentinel(handle);
  if (sentinel !== null) return { state: "ended", sentinel };
  if ((await readWebClaim(handle)) === "live") return { state: "running", startedAtMs: Date.now() };
  if (await wasAsked(handle)) return { state: "ended", sentinel: await writeUnknownOutcome(handle) };
  return { state: "missing" };
}

async function find(job: { readonly token: string; readonly scratch: string }): Promise<JobHandle | null> {
  const claim = await readWebClaim(job);
  return claim === "none" ? null : { token: job.token, scratch: job.scratch, jobId: webJobId };
}

/** What must not be asked twice gets the grace to be answered; anything else is stopped at once. */
async function cancel(handle: JobHandle, graceSeconds: number, signal?: AbortSignal): Promise<void> {
  if (await takeClaim(handle.scratch, handle.token)) return;
  const running = live.get(handle.token);
  if (running === undefined) return cancelElsewhere(handle, signal);
  const { stopper, done, isOnce } = running;
  const isOver = done.catch(() => undefined);
  const cause: StopCause = "cancelled";
  if (isOnce) await Promise.race([isOver, pause(graceSeconds * 1000, undefined, { signal })]);
  stopper.abort(cause);
  await isOver;
}

/** Another worker does it: it is told by a file. */
async function cancelElsewhere(handle: JobHandle, signal?: AbortSignal): Promise<void> {
  const isLive = async () => (await readSentinel(handle)) === null && (await readWebClaim(handle)) === "live";
  if (!(await isLive())) return;
  await wishCancel(handle);
  const deadlineMs = Date.now() + settleMs;
  while (await isLive()) {
    if (Date.now() >= deadlineMs)
      throw new NereusError(
        "command-timed-out",
        { command: `cancel ${handle.token}`, seconds: settleMs / 1000 },
        { retryable: true },
      );
    await pause(100, undefined, { signal });
  }
}

async function readSentinel({ scratch, token }: JobHandle): Promise<Sentinel | null> {
  try {
    return parseSentinel(await readFile(join(scratch, scratchNames.sentinel), "utf8"), token);
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}
