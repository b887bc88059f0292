import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { NereusError } from "@/lib/errors";
import type { ExecOptions, ExecResult } from "@/server/executors/connection/connection";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";

/** Text kept of each stream of a command, bytes; the rest is read and dropped so that the command never blocks. */
const keptBytes = 8 * 1024 * 1024;

/** What every command and job of ours is given: nothing of the worker's own environment passes on. */
export function minimalEnvironment(): Readonly<Record<string, string>> {
  const folders = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  return { PATH: [...new Set(folders)].join(":"), LANG: "C.UTF-8", HOME: homedir() };
}

/**
 * Runs a command to its end in a process group of its own; the group is killed at the deadline or by the signal.
 * A non-zero exit code is a result, not an error.
 * @throws {NereusError} command-failed when there is no such program; command-timed-out (retryable) at the deadline;
 *   the signal's reason when it was aborted
 */
export async function execLocal(argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const [program = "", ...rest] = argv;
  options.signal?.throwIfAborted();
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: minimalEnvironment(),
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stdout = keep(child.stdout);
  const stderr = keep(child.stderr);
  // A command that does not read its input closes the pipe; its exit code tells the rest.
  child.stdin.on("error", () => child.stdin.destroy());
  child.stdin.end(options.stdin ?? "");

  let timedOut = false;
  const kill = () => killGroup(child.pid);
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeoutSeconds * 1000);
  options.signal?.addEventListener("abort", kill, { once: true });
  try {
    const ended = await new Promise<{ exitCode: number | null; signal: string | null }>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
    });
    options.signal?.throwIfAborted();
    if (timedOut) {
      const fields = { command: argv.join(" "), seconds: options.timeoutSeconds };
      throw new NereusError("command-timed-out", fields, { retryable: true });
    }
    return { ...ended, stdout: stdout(), stderr: stderr() };
  } catch (error) {
    if (!hasErrorCode(error, "ENOENT", "EACCES")) throw error;
    const stderrTail = error instanceof Error ? error.message : "";
    const fields = { command: argv.join(" "), exitCode: 127, signal: null, stderrTail };
    throw new NereusError("command-failed", fields, { cause: error });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", kill);
  }
}

function keep(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    if (size < keptBytes) chunks.push(chunk.subarray(0, keptBytes - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!hasErrorCode(error, "ESRCH")) throw error;
  }
}
