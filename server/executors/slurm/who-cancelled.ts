import type { Connection } from "@/server/executors/connection/connection";
import type { SlurmOptions } from "@/server/executors/slurm/slurm-options";

const askSeconds = 15;
/** After its start a controller may take jobs away that it does not know, or whose number it has given twice, ms. */
const unsureMs = 3_600_000;

/**
 * Who took a job away. The queue says only that it was cancelled; a controller that has started anew does that to jobs
 * under a number that it has forgotten and given to another (EXECUTION.md, S2), and no person meant it.
 * @returns `stopped` when it may have been the controller, else `cancelled`
 */
export async function whoCancelled(
  { connection, options }: { readonly connection: Connection; readonly options: SlurmOptions },
  submittedAt: string,
): Promise<"cancelled" | "stopped"> {
  const { environment } = options;
  const result = await connection.exec(["scontrol", "show", "config"], { environment, timeoutSeconds: askSeconds });
  return judgeCancel(result.stdout, submittedAt);
}

/** @param config  what `scontrol show config` prints; its times and `submittedAt` are local times there */
export function judgeCancel(config: string, submittedAt: string): "cancelled" | "stopped" {
  const started = /^BOOT_TIME\s*=\s*(\S+)/m.exec(config)?.[1];
  const age = Date.parse(`${submittedAt}Z`) - Date.parse(`${started}Z`);
  return age < unsureMs ? "stopped" : "cancelled";
}
