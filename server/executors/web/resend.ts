import { setTimeout as pause } from "node:timers/promises";
import { isNereusError, NereusError } from "@/lib/errors";
import { readRetryAfter } from "@/lib/web/retry-after";
import { webExit } from "@/lib/web/web-exit";
import type { WebJob } from "@/lib/web/web-job";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import type { WebTask } from "@/server/executors/web/web-task";

/** The end of a web job that did not go well: its reason, and its exit code. */
export class Trouble extends Error {
  readonly reason: NereusError;
  readonly exitCode: number;

  constructor(reason: NereusError, exitCode: number) {
    super(reason.message, { cause: reason });
    this.name = "Trouble";
    this.reason = reason;
    this.exitCode = exitCode;
  }
}

/** An answer after which the same may be asked again. */
export type Again = {
  readonly error: NereusError;
  readonly retryAfter?: string;
  /** The server has certainly done nothing. */
  readonly didNothing: boolean;
};

/** Longest of our own waits, seconds; a server may ask for more. */
const longestDelaySeconds = 300;

/**
 * Tries until it works, while what breaks may pass and trying again is safe.
 * @param attempt  null when it worked; throws `server-silent` for a broken line, {@link Trouble} for a clear refusal
 * @returns how many tries it took
 */
export async function withResends(
  job: WebJob,
  task: WebTask,
  attempt: (tries: number) => Promise<Again | null>,
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    if (!job.repeatable) await task.noteAsked(true);
    const again = await attempt(tries).catch((error: unknown) => brokenLine(error, task));
    if (again === null) return tries;
    if (!job.repeatable && again.didNothing) await task.noteAsked(false);
    const mayRepeat = job.repeatable || again.didNothing;
    const own = Math.min(job.resend.delaySeconds * 2 ** (tries - 1), longestDelaySeconds);
    const seconds = readRetryAfter(again.retryAfter, new Date()) ?? own;
    const isInTime = Date.now() + seconds * 1000 < task.endsAtMs;
    if (!mayRepeat || tries > job.resend.count || !isInTime) throw giveUp(again, { tries, mayRepeat, url: job.url });
    await task.say(`${problemOf(again.error)}; again in ${seconds} s`);
    await pause(seconds * 1000, undefined, { signal: task.signal });
  }
}

/** Names that nobody knows and ports that nobody listens at have done nothing. */
const unreached = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"];
/** A way can also be lost under a connection that has carried something. */
const lostWays = ["EHOSTUNREACH", "ENETUNREACH"];
const beforeSending: readonly unknown[] = ["connect", "getaddrinfo"];

/** Whether no connection came about; of several addresses, to none. */
function hasSentNothing(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(hasSentNothing);
  if (hasErrorCode(cause, ...unreached)) return true;
  return hasErrorCode(cause, ...lostWays) && beforeSending.includes(syscallOf(cause));
}

const syscallOf = (error: unknown): unknown => (error instanceof Error && "syscall" in error ? error.syscall : null);

function brokenLine(error: unknown, task: WebTask): Again {
  if (task.signal.aborted || error instanceof Trouble || !isNereusError(error)) throw error;
  const didNothing = hasSentNothing(error.cause);
  if (error.retryable) return { error, didNothing };
  throw new Trouble(error, webExit.answered);
}

function giveUp(
  { error }: Again,
  { tries, mayRepeat, url }: { readonly tries: number; readonly mayRepeat: boolean; readonly url: string },
): Trouble {
  const { origin, pathname } = new URL(url);
  const place = `${origin}${pathname}`;
  const problem = problemOf(error);
  if (!mayRepeat)
    return new Trouble(new NereusError("web-outcome-unknown", { url: place, problem }), webExit.unanswered);
  const isSilence = isNereusError(error, "server-silent");
  const reason = isSilence ? new NereusError("web-unanswered", { url: place, tries, problem }) : error;
  return new Trouble(reason, webExit.unanswered);
}

/** A failure inside the sentence of another. */
export function problemOf({ code, fields }: NereusError): string {
  if ("problem" in fields) return fields.problem;
  if ("status" in fields) return `it answered ${fields.status}`;
  return code === "socket-silent" ? "what was waited for did not come" : code;
}
