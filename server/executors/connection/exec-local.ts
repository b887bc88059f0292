import { NereusError } from "@/lib/errors";
import type { ExecOptions, ExecResult } from "@/server/executors/connection/connection";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { runToEnd } from "@/server/executors/connection/run-to-end";

/**
 * Runs a command on this machine. A non-zero exit code is a result, not an error.
 * @throws {NereusError} command-failed when there is no such program; command-timed-out (retryable) at the deadline;
 *   the signal's reason when it was aborted
 */
export async function execLocal(argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const command = argv.join(" ");
  try {
    const { timedOut, ...result } = await runToEnd(argv, options);
    if (!timedOut) return result;
  } catch (error) {
    if (!hasErrorCode(error, "ENOENT", "EACCES")) throw error;
    const stderrTail = error instanceof Error ? error.message : "";
    throw new NereusError("command-failed", { command, exitCode: 127, signal: null, stderrTail }, { cause: error });
  }
  throw new NereusError("command-timed-out", { command, seconds: options.timeoutSeconds }, { retryable: true });
}
