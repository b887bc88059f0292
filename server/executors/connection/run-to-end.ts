import { spawn } from "node:child_process";
import type { ExecOptions, ExecResult } from "@/server/executors/connection/connection";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { minimalEnvironment } from "@/server/executors/connection/minimal-environment";

/** Text kept of each stream of a command, bytes; the rest is read and dropped so that the command never blocks. */
const keptBytes = 8 * 1024 * 1024;

/**
 * Runs a command to its end in a process group of its own. The whole group is killed at the deadline, by the signal,
 * and when the command itself has ended: nothing that it started stays behind.
 * @throws the system's error when the command cannot be started; the signal's reason when it was aborted
 */
export async function runToEnd(
  argv: readonly string[],
  options: ExecOptions,
): Promise<ExecResult & { readonly timedOut: boolean }> {
  const [program = "", ...rest] = argv;
  options.signal?.throwIfAborted();
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...minimalEnvironment(), ...options.environment },
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
      child.once("exit", kill);
      child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
    });
    options.signal?.throwIfAborted();
    return { ...ended, stdout: stdout(), stderr: stderr(), timedOut };
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
