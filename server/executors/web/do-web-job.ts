import { appendFile, open, rename } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isNereusError, NereusError } from "@/lib/errors";
import { webExit } from "@/lib/web/web-exit";
import type { WebJob } from "@/lib/web/web-job";
import { type JobRequest, type Sentinel, scratchNames } from "@/server/executors/runner";
import { concealer } from "@/server/executors/web/conceal";
import { problemOf, Trouble } from "@/server/executors/web/resend";
import { runHttp } from "@/server/executors/web/run-http";
import { runWebsocket } from "@/server/executors/web/run-websocket";
import type { WebAccess } from "@/server/executors/web/web-access";
import { noteAsked, wasAsked } from "@/server/executors/web/web-claim";
import type { WebTask } from "@/server/executors/web/web-task";

/** Why a web job is stopped. */
export type StopCause = "cancelled" | "timed-out";

/**
 * Does a web job to its end and writes its sentinel; whatever goes wrong is told in `stderr`, without what is hidden.
 * @param stop.signal  its reason is a {@link StopCause}
 * @param stop.noteAsking  hears whether something is open that must not be asked twice, before any file says so
 */
export async function doWebJob(
  job: JobRequest & { readonly web: WebJob },
  access: WebAccess,
  stop: Stop,
): Promise<void> {
  const { scratch, token, web } = job;
  const conceal = concealer(web.hidden);
  const task: WebTask = {
    ...{ access, conceal, timeoutSeconds: job.timeoutSeconds, signal: stop.signal },
    out: join(scratch, scratchNames.outputs),
    endsAtMs: stop.startedAtMs + job.timeoutSeconds * 1000,
    say: (line) => appendFile(join(scratch, scratchNames.stdout), `${conceal(line)}\n`),
    noteAsked: (isAsked) => noteUnlessStopped(job, stop, isAsked),
  };
  const end = await attempt(web, task);
  // A cancel keeps what was asked unknown: whoever begins anew must know.
  const isOpen = !clearExits.includes(end.exitCode) && (await wasAsked(job));
  const reason = isOpen ? unknownOutcome(web, end.reason) : end.reason;
  if (reason !== null) await appendFile(join(scratch, scratchNames.stderr), `${said(conceal, reason)}\n`);
  await writeSentinel(scratch, {
    ...{ token, exitCode: isOpen ? webExit.unanswered : end.exitCode },
    signal: end.exitCode === webExit.cancelled && !isOpen ? "SIGTERM" : null,
    ...{ startedAtMs: stop.startedAtMs, endedAtMs: Date.now(), maxRssBytes: null, host: hostname() },
    // More time would ask again.
    timedOut: end.exitCode === webExit.timedOut && !isOpen,
    ...(isOpen || (!web.repeatable && end.exitCode !== webExit.cancelled) ? { isFinal: true } : {}),
  });
}

type Stop = {
  readonly signal: AbortSignal;
  readonly startedAtMs: number;
  noteAsking(isAsked: boolean): void;
};

/** The server has said what became of it. */
const clearExits: readonly number[] = [0, webExit.answered, webExit.unusable];

/** A job that is stopped before it asks, asks nothing and leaves no doubt. */
async function noteUnlessStopped(job: JobRequest, { signal, noteAsking }: Stop, isAsked: boolean): Promise<void> {
  if (isAsked) signal.throwIfAborted();
  noteAsking(isAsked);
  await noteAsked(job, isAsked);
  if (!isAsked || !signal.aborted) return;
  await noteAsked(job, false);
  throw signal.reason;
}

/** The sentinel of a job whose worker died after it had asked for what must not be asked twice. */
export async function writeUnknownOutcome(job: {
  readonly token: string;
  readonly scratch: string;
}): Promise<Sentinel> {
  const { token, scratch } = job;
  const fields = { url: "the server", problem: "the worker that asked it died" };
  const line = said((value) => value, new NereusError("web-outcome-unknown", fields));
  await appendFile(join(scratch, scratchNames.stderr), `${line}\n`);
  const sentinel: Sentinel = {
    ...{ token, exitCode: webExit.unanswered, signal: null, startedAtMs: Date.now(), endedAtMs: Date.now() },
    ...{ maxRssBytes: null, host: hostname(), timedOut: false, isFinal: true },
  };
  await writeSentinel(scratch, sentinel);
  return sentinel;
}

type End = { readonly exitCode: number; readonly reason: unknown };

async function attempt(web: WebJob, task: WebTask): Promise<End> {
  try {
    await (web.kind === "http" ? runHttp(web, task) : runWebsocket(web, task));
    return { exitCode: 0, reason: null };
  } catch (error) {
    if (error instanceof Trouble) return { exitCode: error.exitCode, reason: error.reason };
    if (!task.signal.aborted) return { exitCode: webExit.unanswered, reason: error };
    const cause: StopCause = task.signal.reason;
    return { exitCode: cause === "timed-out" ? webExit.timedOut : webExit.cancelled, reason: null };
  }
}

function unknownOutcome({ url }: WebJob, reason: unknown): NereusError {
  if (isNereusError(reason, "web-outcome-unknown")) return reason;
  const { origin, pathname } = new URL(url);
  const problem = isNereusError(reason) ? problemOf(reason) : "it was stopped before the answer came";
  return new NereusError("web-outcome-unknown", { url: `${origin}${pathname}`, problem });
}

/** As a program says it, so that the reason of the task is its sentence. */
function said(conceal: <Value>(value: Value) => Value, reason: unknown): string {
  if (!isNereusError(reason)) return conceal(reason instanceof Error ? reason.message : String(reason));
  return `nereus-error ${JSON.stringify({ code: reason.code, fields: conceal({ ...reason.fields }) })}`;
}

async function writeSentinel(scratch: string, sentinel: Sentinel): Promise<void> {
  const path = join(scratch, scratchNames.sentinel);
  const file = await open(`${path}.tmp`, "w");
  try {
    await file.writeFile(`${JSON.stringify(sentinel)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}
