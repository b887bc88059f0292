import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";
import { type Look, parseLook } from "@/server/executors/slurm/parse-look";
import { lookScript } from "@/server/executors/slurm/remote-scripts";
import type { SlurmOptions } from "@/server/executors/slurm/slurm-options";

const pollSeconds = 15;

/** One command: what the queue says of this user's jobs and what the folders of these attempts say. */
export async function lookAtQueue(
  { connection, options }: { readonly connection: Connection; readonly options: SlurmOptions },
  jobs: readonly { readonly token: string; readonly scratch: string }[],
  signal?: AbortSignal,
): Promise<Look> {
  const stdin = jobs.map(({ token, scratch }) => `${token}\t${scratch}\n`).join("");
  const { environment } = options;
  const argv = ["bash", "-c", lookScript, "nereus"];
  const result = await connection.exec(argv, { stdin, environment, timeoutSeconds: pollSeconds, signal });
  if (result.exitCode !== 0 || !/^T \d+$/m.test(result.stdout)) {
    const problem = result.stderr.trim() || `the look ended with ${result.exitCode}`;
    throw new NereusError("queue-silent", { problem }, { retryable: true });
  }
  return parseLook(
    result.stdout,
    jobs.map(({ token }) => token),
  );
}
