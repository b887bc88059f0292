import { processRunner } from "@/server/executors/process/process-runner";
import { slurmRunner } from "@/server/executors/slurm/slurm-runner";

/** Every way of running work, by its name in the configuration of a site. A new runner is one line here. */
export const runners = {
  process: processRunner,
  slurm: slurmRunner,
} as const;
