import type { FailureClass } from "@/lib/dag/failure-class";
import { isNereusError } from "@/lib/errors";
import type { Sentinel } from "@/server/executors/runner";
import { isAway } from "@/server/store/is-away";

/** The way to a site, or its queue, does not answer or does not let us in: no attempt, and nothing to blame the work for. */
const awayCodes = [
  "site-unreachable",
  "queue-silent",
  "command-timed-out",
  "host-key-unknown",
  "host-key-changed",
  "ssh-login-refused",
  "ssh-key-unreadable",
] as const;
const stagingCodes = ["disk-full", "artifact-changed"] as const;
const launchCodes = [
  "start-refused",
  "image-pull-failed",
  "image-missing",
  "image-shell-missing",
  "container-engine-away",
  "container-refused",
] as const;

/** True for an error that tells nothing about the attempt: the site or the database cannot be asked at the moment. */
export const isUnreachable = (error: unknown): boolean =>
  isNereusError(error) ? awayCodes.some((code) => isNereusError(error, code)) : isAway(error);

/** The class of what went wrong before a job began, or while its result was taken in. */
export function classOfError(error: unknown): FailureClass {
  if (isUnreachable(error)) return "unreachable";
  if (!isNereusError(error)) return "lost";
  if (launchCodes.some((code) => isNereusError(error, code))) return "launch-failed";
  if (stagingCodes.some((code) => isNereusError(error, code))) return "staging";
  return error.retryable ? "lost" : "rejected";
}

/** What a site said of a job beyond its sentence, for who wants to read it. */
export function detailOf(error: unknown): string | null {
  const said = isNereusError(error) ? error.cause : error;
  return said instanceof Error ? said.message : null;
}

/** Near its limit: samples of memory are seconds apart. */
const nearLimit = 0.9;

/**
 * The class of a job that ended by itself and not well. A kill without a word, near the limit, counts as out of memory:
 * kernels and containers say no more (EXECUTION.md, K1 and section 11). So does any such kill where nobody could measure.
 * @param given.isUnmeasured  the work ran where its wrapper does not see it: `maxRssBytes` is that of its starter
 */
export function classOfSentinel(
  sentinel: Sentinel,
  given: { readonly memoryMb: number; readonly isUnmeasured: boolean; readonly saidCode: string | null },
): FailureClass {
  const { signal, exitCode, maxRssBytes } = sentinel;
  if (sentinel.siteFailure !== undefined) return sentinel.siteFailure;
  if (sentinel.timedOut) return "timeout";
  if (sentinel.stopped) return "stopped";
  const isKilled = signal === "SIGKILL" || exitCode === 137;
  const isNearLimit = given.isUnmeasured || (maxRssBytes ?? 0) >= nearLimit * given.memoryMb * 1e6;
  if (isKilled && isNearLimit) return "out-of-memory";
  if (stagingCodes.some((code) => code === given.saidCode)) return "staging";
  if (launchCodes.some((code) => code === given.saidCode)) return "launch-failed";
  return signal === null ? "exit" : "signal";
}
