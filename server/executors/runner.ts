import type { WebJob } from "@/lib/web/web-job";

/**
 * How work is run at a site: submit, poll, cancel, find by token. One folder per runner; registered in `registry.ts`.
 * Contract (EXECUTION rules C1-C12): the token is committed before `submit`; two submits of one token start the work
 * once; the sentinel `status.json`, written by our wrapper, is the only proof of completion; no call holds anything
 * open while the work runs.
 */
export interface Runner {
  readonly name: string;
  /** Starts the prepared scratch folder of an attempt and returns at once; `ended` when the work is over by then. */
  submit(job: JobRequest, signal?: AbortSignal): Promise<JobHandle & { readonly ended?: Sentinel }>;
  /** One batched look at jobs; the order is that of `handles`. */
  poll(handles: readonly JobHandle[], signal?: AbortSignal): Promise<readonly JobStatus[]>;
  /** TERM, `graceSeconds`, KILL, then check. Resolves when nothing of the job runs any more. */
  cancel(handle: JobHandle, graceSeconds: number, signal?: AbortSignal): Promise<void>;
  /** What was started under these tokens, `null` for a token that started nothing. */
  findByToken(
    jobs: readonly { readonly token: string; readonly scratch: string }[],
    signal?: AbortSignal,
  ): Promise<readonly (JobHandle | null)[]>;
  /**
   * Calls `onChange` soon after a file appeared under its final name below `out/`, or after the job ended; absent where
   * only polling can tell. It may be called without cause, never twice at once, and says nothing about what changed.
   * @returns stops watching
   */
  watch?(scratch: string, onChange: () => void): () => void;
}

/** Everything is already in `scratch`: `cmd.sh`, `in/`, `job.json`. The wrapper runs `cmd.sh` with `out/` as its folder. */
export type JobRequest = {
  readonly token: string;
  readonly scratch: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Nodes of a cluster that the job must not run on. */
  readonly excludeHosts?: readonly string[];
  /** Added to a minimal environment (PATH, LANG, HOME); never secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same for what must be written nowhere; only given to processes of this machine. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What is asked of a web server in place of `cmd.sh`. */
  readonly web?: WebJob;
};

/** Wraps the commands of a site's attempts so that they run in containers, whatever runs the attempts. */
export type Launcher = {
  /** Where the scratch folder of an attempt lies inside. */
  readonly inside: string;
  /** The work is no child of what starts it, so that what it takes cannot be measured from outside. */
  readonly hidesWork: boolean;
  /** The files that it puts into the scratch folder, by name: `cmd.sh` among them. */
  files(job: ContainerJob): readonly (readonly [string, string])[];
};

export type ContainerJob = Pick<JobRequest, "token" | "scratch" | "cpus" | "memoryMb"> & {
  /** What a definition's `container` says. */
  readonly image: string;
  readonly network: "none" | "host";
  /** Shell command; paths in it are those inside. */
  readonly command: string;
  /** Names of the variables of the job that it gets. */
  readonly variables: readonly string[];
};

export type JobHandle = {
  readonly token: string;
  readonly scratch: string;
  /** Opaque to the engine. */
  readonly jobId: string;
};

export type JobStatus =
  | { readonly state: "queued"; readonly reason: string | null }
  | { readonly state: "running"; readonly startedAtMs: number }
  | { readonly state: "ended"; readonly sentinel: Sentinel }
  /** The site ended it, or will never start it, and the wrapper left no sentinel; `reason` is the site's own word. */
  | { readonly state: "broken"; readonly failure: SiteFailure; readonly reason: string; readonly host?: string }
  /** No job, no sentinel, no fresh beat: lost only after three such answers over two poll intervals. */
  | { readonly state: "missing" };

/** Why a site ended a job that did not end by itself. Source: EXECUTION.md, section 11. */
export type SiteFailure =
  | "timeout"
  | "out-of-memory"
  | "node-failed"
  | "launch-failed"
  | "preempted"
  | "cancelled"
  | "stopped";

/** `status.json`: written to a temporary name, synced, renamed, by the wrapper alone. */
export type Sentinel = {
  readonly token: string;
  readonly exitCode: number;
  readonly signal: string | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly maxRssBytes: number | null;
  readonly host: string;
  readonly timedOut: boolean;
  /** The wrapper was told to stop before the work had ended: whatever its exit code, it did not end by itself. */
  readonly stopped?: boolean;
  /** What the site says beyond the wrapper: a kernel that ends a process for its memory says so to the site alone. */
  readonly siteFailure?: SiteFailure;
  /** All files of `out/`, where the runner knows them; else they are looked for. */
  readonly outputs?: readonly FinishedOutput[];
  /** What it did must not be done again: an interruption is its end. */
  readonly isFinal?: boolean;
};

/** A file below `out/` with what it holds. */
export type FinishedOutput = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** Names inside the scratch folder of an attempt. */
export const scratchNames = {
  command: "cmd.sh",
  job: "job.json",
  inputs: "in",
  outputs: "out",
  stdout: "stdout",
  stderr: "stderr",
  sentinel: "status.json",
  beat: ".beat",
} as const;
