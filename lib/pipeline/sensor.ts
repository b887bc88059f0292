import type { RunState } from "@/lib/dag/state";

/**
 * What a sensor waits for. Texts of addresses and patterns may hold {YYYY}, {MM}, {DD} and {HH} of the cycle, and
 * expressions over the run input and upstream artifacts.
 */
export type SensorWatch = ClockWatch | HttpWatch | FileWatch | RunWatch;

/** A moment: `at` is ISO 8601 with a zone; `offset` is an ISO 8601 duration from the cycle or the start of the run. */
export type ClockWatch =
  | { readonly for: "time"; readonly at: string }
  | { readonly for: "offset"; readonly offset: string; readonly since: "cycle" | "start" };

/** A resource of a web server. */
export type HttpWatch = {
  readonly for: "http";
  readonly url: string;
  readonly method: "HEAD" | "GET";
  /**
   * `exists`: it is there. `changed`: its ETag, time or size differs from the first look. `newer`: it was modified after
   * the cycle of the run, else after its start.
   */
  readonly until: "exists" | "changed" | "newer";
  /** It counts from this size on; a server that tells no size passes. */
  readonly leastBytes: number;
  readonly everySeconds: number;
  /** The body becomes an artifact beside the record. */
  readonly download: boolean;
};

/** Files on the machine of the worker, below the roots that its configuration allows. */
export type FileWatch = {
  readonly for: "file";
  /** Absolute path; `*`, `?`, `[abc]` and `**` as in outputs. */
  readonly pattern: string;
  readonly leastFiles: number;
  /** Sizes and times must have stayed the same for so long. */
  readonly stableSeconds: number;
  readonly everySeconds: number;
  /** The files become artifacts beside the record. */
  readonly take: boolean;
};

/** The run of another pipeline, of the same cycle or one at an offset from it. */
export type RunWatch = {
  readonly for: "run";
  readonly pipeline: string;
  /** ISO 8601 duration with sign; null for the same cycle. */
  readonly offset: string | null;
  readonly states: readonly RunState[];
};

/** How long something is waited for, and what its task becomes then: `expired` counts as ended without output. */
export type WaitDeadline = { readonly seconds: number; readonly outcome: "fail" | "skip" };

/** What the task of a node waits for, as the table of waits names it. */
export type WaitKind = "clock" | "http" | "file" | "run" | "gate" | "child";
