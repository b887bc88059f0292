import { processRunner } from "@/server/executors/process/process-runner";
import { remoteProcessRunner } from "@/server/executors/remote-process/remote-process-runner";
import { slurmRunner } from "@/server/executors/slurm/slurm-runner";
import { webRunner } from "@/server/executors/web/web-runner";

/** Every way of running work, by its name in the configuration of a site. A new runner is one line here. */
export const runners = {
  process: processRunner,
  "remote-process": remoteProcessRunner,
  slurm: slurmRunner,
  web: webRunner,
} as const;
