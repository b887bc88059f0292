import { appendFileSync, closeSync, existsSync, openSync, readSync } from "node:fs";
import { NereusError } from "@/lib/errors";
import type { Site } from "@/server/engine/engine";
import type { JobHandle, JobRequest, JobStatus, Runner } from "@/server/executors/runner";
import { type NoopBody, noopSite, sentinelOf } from "@/test/bench/engine/noop-site";

/** How long a job runs, ms: many are under way whenever something is killed. */
const JOB_MS = 100;
/** Share of submissions that are accepted although the call fails. */
const LOST_ANSWERS = 0.1;

/** A job that the place accepted; it has its effect then, whatever becomes of whoever submitted it. */
export type JournalEntry = { readonly token: string; readonly task: string; readonly acceptedAtMs: number };

/**
 * A place that remembers its jobs in a file, so that it outlives the worker as a cluster does. One call in ten times out
 * after the job was accepted.
 */
export function journalSite(options: {
  readonly journalPath: string;
  readonly slots: number;
  readonly body: NoopBody;
}): Site {
  const { slots, body } = options;
  return { ...noopSite({ slots, body }), runner: journalRunner(options.journalPath, body) };
}

function journalRunner(journalPath: string, body: NoopBody): Runner {
  const read = journalReader(journalPath);
  const handleOf = ({ token, scratch }: Pick<JobHandle, "token" | "scratch">) => ({ token, scratch, jobId: token });
  return {
    name: "journal",
    submit: async (job) => {
      appendFileSync(journalPath, `${job.token} ${taskOf(job)} ${Date.now()}\n`);
      if (Math.random() < LOST_ANSWERS)
        throw new NereusError("site-unreachable", { place: "journal", problem: "timed out" });
      return handleOf(job);
    },
    poll: async (handles) => {
      const jobs = read();
      return handles.map((handle) => statusOf(handle, jobs.get(handle.token), body));
    },
    cancel: async () => undefined,
    findByToken: async (jobs) => {
      const known = read();
      return jobs.map((job) => (known.has(job.token) ? handleOf(job) : null));
    },
  };
}

/** `<node>/<position>` of a scratch folder `.../<node>/<position>-<attempt>-<token>`. */
function taskOf({ scratch }: JobRequest): string {
  const [node = "", folder = ""] = scratch.split("/").slice(-2);
  return `${node}/${folder.split("-")[0]}`;
}

function statusOf(handle: JobHandle, entry: JournalEntry | undefined, body: NoopBody): JobStatus {
  if (entry === undefined) return { state: "missing" };
  const { acceptedAtMs } = entry;
  if (Date.now() < acceptedAtMs + JOB_MS) return { state: "running", startedAtMs: acceptedAtMs };
  return { state: "ended", sentinel: sentinelOf(handle.token, body(handle) ?? []) };
}

/** Reads what was added since the last call. @returns all jobs by token */
export function journalReader(journalPath: string): () => ReadonlyMap<string, JournalEntry> {
  const jobs = new Map<string, JournalEntry>();
  let offset = 0;
  return () => {
    const { text, end } = readFrom(journalPath, offset);
    offset = end;
    for (const line of text.split("\n")) {
      const [token, task, at] = line.split(" ");
      if (token && task && at) jobs.set(token, { token, task, acceptedAtMs: Number(at) });
    }
    return jobs;
  };
}

/** Whole lines from there on, and where they end. */
function readFrom(path: string, offset: number): { readonly text: string; readonly end: number } {
  if (!existsSync(path)) return { text: "", end: offset };
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(4_000_000);
    const length = readSync(file, buffer, 0, buffer.length, offset);
    const whole = buffer.subarray(0, buffer.subarray(0, length).lastIndexOf(10) + 1);
    return { text: whole.toString(), end: offset + whole.length };
  } finally {
    closeSync(file);
  }
}
