import { quoteForShell } from "@/lib/dag/render-command";
import { NereusError } from "@/lib/errors";
import type { Connection, ExecResult } from "@/server/executors/connection/connection";
import { parseSentinel } from "@/server/executors/parse-sentinel";
import { cancelScript, findScript, lookScript, startScript } from "@/server/executors/remote-process/remote-scripts";
import type { JobHandle, JobRequest, JobStatus, Runner } from "@/server/executors/runner";
import { wrapperScript } from "@/server/executors/wrapper-script";

const submitSeconds = 60;
const pollSeconds = 15;
/** For the wrapper to write its sentinel once the work was killed, and for the system to bury the rest, ms. */
const settleMs = 5000;
const usualPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

export type RemoteProcessOptions = {
  /** Between TERM and KILL when a job passes its time limit. */
  readonly graceSeconds: number;
  /** Variables of the jobs; PATH replaces the usual one. */
  readonly jobEnvironment: Readonly<Record<string, string>>;
};

/**
 * Runs jobs as processes of a machine without queue, over any connection: each under the wrapper in a session of its own,
 * so that it outlives the connection and is found again from its scratch folder alone. One command looks at any number
 * of jobs. Liveness is process number, start time and boot; where several machines answer to one name, a fresh beat says
 * that a job lives on another of them.
 * @throws {NereusError} start-refused; what the connection throws: then nobody knows whether the job was started
 * Source: EXECUTION.md, C1-C12 and section 5.
 */
export function remoteProcessRunner(connection: Connection, options: RemoteProcessOptions): Runner {
  const bash = (script: string, args: readonly string[], more: More) =>
    connection.exec(["bash", "-c", script, "nereus", ...args], more);
  return {
    name: "remote-process",
    submit: (job, signal) => submit(bash, job, { options, signal }),
    poll: async (handles, signal) => {
      const stdin = handles.map(({ token, scratch, jobId }) => `${token}\t${scratch}\t${jobId}\n`).join("");
      return readLook(demandWhole(await bash(lookScript, [], { stdin, timeoutSeconds: pollSeconds, signal })), handles);
    },
    cancel: (handle, graceSeconds, signal) => cancel(bash, handle, { graceSeconds, signal }),
    findByToken: async (jobs, signal) => {
      const stdin = jobs.map(({ token, scratch }) => `${token}\t${scratch}\n`).join("");
      const text = demandWhole(await bash(findScript, [], { stdin, timeoutSeconds: pollSeconds, signal }));
      const found = new Map(text.split("\n").map((line) => [Number.parseInt(line, 10), line.replace(/^\d+ /, "")]));
      return jobs.map(({ token, scratch }, n) => {
        const jobId = found.get(n);
        return jobId === undefined ? null : { token, scratch, jobId: jobId.trim() };
      });
    },
  };
}

type More = { readonly stdin?: string; readonly timeoutSeconds: number; readonly signal?: AbortSignal };
type Bash = (script: string, args: readonly string[], more: More) => Promise<ExecResult>;

async function submit(
  bash: Bash,
  job: JobRequest,
  { options, signal }: { readonly options: RemoteProcessOptions; readonly signal?: AbortSignal },
): Promise<JobHandle> {
  const { token, scratch } = job;
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(token)) throw new TypeError(`a token is a file name: ${token}`);
  const variables = { PATH: usualPath, LANG: "C.UTF-8", ...options.jobEnvironment, ...job.environment };
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quoteForShell(value)}`);
  const stdin = ["#!/bin/bash", ...exports, wrapperScript].join("\n");
  const args = [token, scratch, String(Math.ceil(job.timeoutSeconds)), String(Math.ceil(options.graceSeconds))];
  const result = await bash(startScript, args, { stdin, timeoutSeconds: submitSeconds, signal });
  if (result.exitCode !== 0) throw new NereusError("start-refused", { problem: result.stderr.trim() });
  return { token, scratch, jobId: result.stdout.trim() };
}

function readLook(text: string, handles: readonly JobHandle[]): readonly JobStatus[] {
  const said = new Map<number, JobStatus>();
  for (const line of text.split("\n")) {
    const [, kind = "", place = "", rest = ""] = /^([SRWM]) (\d+) ?(.*)$/.exec(line) ?? [];
    const n = Number(place);
    const status = readLine(kind, rest, handles[n]?.token ?? "");
    if (status !== null) said.set(n, status);
  }
  return handles.map((_, n) => said.get(n) ?? starting);
}

const starting: JobStatus = { state: "queued", reason: null };

function readLine(kind: string, rest: string, token: string): JobStatus | null {
  if (kind === "R") return { state: "running", startedAtMs: Number(rest) * 1000 };
  if (kind === "M") return { state: "missing" };
  if (kind !== "S") return null;
  const sentinel = parseSentinel(rest, token);
  return sentinel === null ? null : { state: "ended", sentinel };
}

async function cancel(
  bash: Bash,
  handle: JobHandle,
  { graceSeconds, signal }: { readonly graceSeconds: number; readonly signal?: AbortSignal },
): Promise<void> {
  const { token, scratch } = handle;
  const seconds = graceSeconds + (2 * settleMs) / 1000;
  const args = [token, scratch, String(Math.ceil(graceSeconds * 1000)), String(settleMs)];
  const { exitCode } = await bash(cancelScript, args, { timeoutSeconds: seconds + pollSeconds, signal });
  if (exitCode === 0) return;
  throw new NereusError("command-timed-out", { command: `cancel ${handle.jobId}`, seconds }, { retryable: true });
}

/** A look that was cut off says nothing about the jobs that it did not come to. */
function demandWhole({ exitCode, stdout, stderr }: ExecResult): string {
  if (exitCode === 0 && /^T$/m.test(stdout)) return stdout;
  const fields = { command: "a look at the jobs", exitCode, signal: null, stderrTail: stderr.trim() };
  throw new NereusError("command-failed", fields, { retryable: true });
}
