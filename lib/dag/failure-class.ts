/**
 * Why an attempt did not do its work. What its site could not help is told apart from what the work did to itself, since
 * only that tells whether, when and with how much more it is tried again. Source: EXECUTION.md, section 11.
 */
export const failureClasses = [
  "exit",
  "signal",
  "output",
  "rejected",
  "cancelled",
  "timeout",
  "out-of-memory",
  "staging",
  "node-failed",
  "launch-failed",
  "stopped",
  "lost",
  "preempted",
  "unreachable",
] as const;
export type FailureClass = (typeof failureClasses)[number];

/**
 * What is done about a class. `retries`: how often a task is tried again after failures of this class, when its node does
 * not say; `node`: as often as the node's own retries; `free`: for ever, and none of them counts. `blames`: whose retries of
 * a node count, those of the work or those of the infrastructure.
 */
export type FailurePolicy = {
  readonly retries: number | "node" | "free";
  readonly blames: "work" | "site";
  /** Waits before the first, second, ... retry, seconds; the last one repeats. */
  readonly pausesSeconds: readonly number[];
};

const work = { retries: "node", blames: "work", pausesSeconds: [] } as const;
const away = { retries: "free", blames: "site", pausesSeconds: [5, 10, 20, 40, 60] } as const;

export const failurePolicies: Readonly<Record<FailureClass, FailurePolicy>> = {
  exit: work,
  signal: work,
  output: work,
  rejected: work,
  // The person who took the job away does not change their mind.
  cancelled: { retries: 0, blames: "work", pausesSeconds: [] },
  timeout: { retries: 1, blames: "work", pausesSeconds: [] },
  "out-of-memory": { retries: 1, blames: "work", pausesSeconds: [] },
  staging: { retries: 3, blames: "site", pausesSeconds: [10, 60, 300] },
  "node-failed": { retries: 3, blames: "site", pausesSeconds: [] },
  "launch-failed": { retries: 2, blames: "site", pausesSeconds: [5, 60] },
  stopped: { retries: "node", blames: "site", pausesSeconds: [] },
  lost: { retries: "node", blames: "site", pausesSeconds: [] },
  preempted: { ...away, pausesSeconds: [30, 60, 120, 300] },
  unreachable: away,
};

/** A failure with how many of its class the same task has had before, in this generation of its run. */
export type ClassedFailure = { readonly class: FailureClass; readonly earlier: number };

/** Whether the work or the place is blamed: a task that is given up `failed` or `crashed`. */
export const blameOf = (failure: FailureClass): "failed" | "crashed" =>
  failurePolicies[failure].blames === "work" ? "failed" : "crashed";
