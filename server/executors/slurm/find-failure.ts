import type { Connection } from "@/server/executors/connection/connection";
import type { SiteFailure } from "@/server/executors/runner";

/** What slurmd writes into a job's log when it ends it, whatever state the controller then shows. */
const words: readonly (readonly [RegExp, SiteFailure])[] = [
  [/exceeded memory limit|oom[-_ ]kill|Out Of Memory/i, "out-of-memory"],
  [/DUE TO TIME LIMIT/, "timeout"],
  [/DUE TO NODE FAILURE/, "node-failed"],
  [/DUE TO PREEMPTION/, "preempted"],
];
const logBytes = 256 * 1024;

/**
 * What the log of a job says about its end; null when it says nothing. Without cgroups an overrun of memory shows as FAILED
 * and only the log says why; with them the wrapper sees a kill and only the log says by whom.
 * Source: EXECUTION.md, section 11.
 */
export async function findFailure(
  connection: Connection,
  scratch: string,
): Promise<{ readonly failure: SiteFailure; readonly reason: string } | null> {
  const log = new TextDecoder().decode(await connection.readFrom(`${scratch}/slurm.log`, 0, logBytes));
  for (const [pattern, failure] of words) {
    const line = log.split("\n").findLast((candidate) => pattern.test(candidate));
    if (line !== undefined) return { failure, reason: line.trim() };
  }
  return null;
}
