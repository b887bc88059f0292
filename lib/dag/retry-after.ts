import { type ClassedFailure, failurePolicies } from "@/lib/dag/failure-class";
import type { RetryPolicy } from "@/lib/pipeline/definition";

/** `failures`: what the task counts from now on; `waitSeconds`: null when it is not tried again. */
export type RetryDecision = { readonly failures: number; readonly waitSeconds: number | null };

/** Tries of one task that may count, whatever their classes, unless its node allows more of one. */
const mostCounted = 3;

/**
 * Whether a task is tried again after it failed, and when. A node's own number for a class goes before the policy of the
 * class; without a class (what the conformance vectors report) the node's retries alone decide.
 * @param before.failures  failures of the task that counted
 * @param before.state     how it ends when it is given up
 */
export function retryAfter(
  retry: RetryPolicy | undefined,
  before: { readonly failures: number; readonly state: "failed" | "crashed" },
  failure?: ClassedFailure,
): RetryDecision {
  const { count = 0, crashCount = 0, delaysSeconds: delays = [], byFailure = {} } = retry ?? {};
  const failures = before.failures + 1;
  const own = before.state === "crashed" ? crashCount : count;
  if (failure === undefined) return { failures, waitSeconds: failures <= own ? pause(delays, before.failures) : null };
  const { retries, blames, pausesSeconds } = failurePolicies[failure.class];
  const again = byFailure[failure.class];
  const pauses = delays.length > 0 ? delays : pausesSeconds;
  if (retries === "free" && again === undefined) {
    return { failures: before.failures, waitSeconds: pause(pausesSeconds, failure.earlier) };
  }
  if (again === undefined && retries === "node") {
    return { failures, waitSeconds: failures <= own ? pause(pauses, before.failures) : null };
  }
  const policy = typeof retries === "number" ? retries : own;
  // A node that wants no retries after crashes gets none; one that wants more of its work's failures gets them.
  const allowed =
    again ?? (blames === "site" ? Math.min(policy, crashCount) : policy === 0 ? 0 : Math.max(policy, count));
  const isAllowed = failure.earlier < allowed && failures <= Math.max(mostCounted, own, allowed);
  return { failures, waitSeconds: isAllowed ? pause(pauses, failure.earlier) : null };
}

const pause = (pauses: readonly number[], done: number): number => pauses[done] ?? pauses.at(-1) ?? 0;
