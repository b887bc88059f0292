import type { ComponentChange } from "@/lib/dag/content-key";
import type { AttemptId, RunId, SiteId, TaskId } from "@/lib/ids";

/** A file that a completed task made, with the place where it lies. */
export type KeptOutput = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mimeType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly site: SiteId;
  /** Folder of the attempt that made it. */
  readonly scratch: string;
};

/** An earlier attempt of the node. `at` is when it ended, or began where it has not; ISO 8601 UTC. */
export type EarlierAttempt = {
  readonly runId: RunId;
  readonly taskId: TaskId;
  readonly attemptId: AttemptId;
  readonly at: string;
};

/** Why the work of a task was taken over from an earlier attempt, or done again. */
export type ReuseDecision =
  | { readonly kind: "reused"; readonly from: EarlierAttempt }
  /** No earlier attempt of the node is known. */
  | { readonly kind: "first" }
  /** A person asked for it, or it was tried before in this run. */
  | { readonly kind: "again" }
  | { readonly kind: "changed"; readonly from: EarlierAttempt; readonly changes: readonly ComponentChange[] }
  /** Equal, but that attempt has not ended well. */
  | { readonly kind: "unfinished"; readonly from: EarlierAttempt }
  /** Equal, but what it made is not there any more as it was. */
  | { readonly kind: "outputs-gone"; readonly from: EarlierAttempt; readonly path: string }
  /** A file that it reads changed after it was committed. */
  | { readonly kind: "input-changed"; readonly path: string };
