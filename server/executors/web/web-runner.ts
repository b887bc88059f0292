import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import type { WebJob } from "@/lib/web/web-job";
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
  readonly done: Promise<void>;
  /** Something is asked that must not be asked twice, and not yet answered. */
  isAsking: boolean;
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

/** A job is known before its claim is taken, so that a cancel finds it from the first moment on. */
async function submit(job: JobRequest, access: WebAccess): Promise<JobHandle> {
  const { token, scratch, web } = job;
  if (web === undefined) throw new TypeError("a web job says what it asks");
  const handle = { token, scratch, jobId: webJobId };
  if (live.has(token)) return handle;
  const stopper = new AbortController();
  const startedAtMs = Date.now();
  const claimed = claim(job);
  const done = claimed
    .then((isOurs) => (isOurs ? work({ ...job, web }, access, { stopper, startedAtMs }) : undefined))
    .finally(() => live.delete(token));
  // A sentinel that could not be written leaves the job missing, which the engine finds.
  done.catch(() => undefined);
  live.set(token, { startedAtMs, stopper, done, isAsking: false });
  await claimed;
  return handle;
}

/** False when another has the job, or it was cancelled before it began. */
async function claim({ scratch, token }: JobRequest): Promise<boolean> {
  await mkdir(join(scratch, scratchNames.outputs), { recursive: true });
  if (!(await takeClaim(scratch, token))) return false;
  await signClaim({ scratch, token });
  return true;
}

async function work(
  job: JobRequest & { readonly web: WebJob },
  access: WebAccess,
  { stopper, startedAtMs }: Pick<Live, "stopper" | "startedAtMs">,
): Promise<void> {
  const stop = (cause: StopCause) => stopper.abort(cause);
  const lookForWish = async () => {
    if (await isCancelWished(job).catch(() => false)) stop("cancelled");
  };
  // Whoever wishes a cancel looks at the signature after the wish, so one of both sees the other.
  await lookForWish();
  const limit = setTimeout(() => stop("timed-out"), Math.min(job.timeoutSeconds * 1000, 2 ** 31 - 1));
  const wish = setInterval(lookForWish, wishLookMs);
  const noteAsking = (isAsking: boolean) => {
    const running = live.get(job.token);
    if (running !== undefined) running.isAsking = isAsking;
  };
  try {
    await doWebJob(job, access, { signal: stopper.signal, startedAtMs, noteAsking });
  } finally {
    clearTimeout(limit);
    clearInterval(wish);
  }
}

async function look(handle: JobHandle): Promise<JobStatus> {
  const running = live.get(handle.token);
  if (running !== undefined) return { state: "running", startedAtMs: running.startedAtMs };
  const sentinel = await readSentinel(handle);
  if (sentinel !== null) return { state: "ended", sentinel };
  if ((await readWebClaim(handle)) === "live") return { state: "running", startedAtMs: Date.now() };
  if (!(await wasAsked(handle))) return { state: "missing" };
  // It may have ended, or begun here, since the first look.
  const begun = live.get(handle.token);
  if (begun !== undefined) return { state: "running", startedAtMs: begun.startedAtMs };
  return { state: "ended", sentinel: (await readSentinel(handle)) ?? (await writeUnknownOutcome(handle)) };
}

async function find(job: { readonly token: string; readonly scratch: string }): Promise<JobHandle | null> {
  const claim = await readWebClaim(job);
  return claim === "none" ? null : { token: job.token, scratch: job.scratch, jobId: webJobId };
}

/** What is asked and must not be asked twice gets the grace to be answered; anything else is stopped at once. */
async function cancel(handle: JobHandle, graceSeconds: number, signal?: AbortSignal): Promise<void> {
  if (await takeClaim(handle.scratch, handle.token)) return;
  const running = live.get(handle.token);
  if (running === undefined) return cancelElsewhere(handle, signal);
  const { stopper, done, isAsking } = running;
  const isOver = done.catch(() => undefined);
  const cause: StopCause = "cancelled";
  if (isAsking) await Promise.race([isOver, pause(graceSeconds * 1000, undefined, { signal })]);
  stopper.abort(cause);
  await isOver;
}

/** Another worker does it: it is told by a file. */
async function cancelElsewhere(handle: JobHandle, signal?: AbortSignal): Promise<void> {
  if ((await readSentinel(handle)) !== null) return;
  await wishCancel(handle);
  const isLive = async () => (await readSentinel(handle)) === null && (await readWebClaim(handle)) === "live";
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
