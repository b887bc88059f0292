import { processRunner } from "@/server/executors/process/process-runner";
import type { Runner } from "@/server/executors/runner";

/** Every way of running work, by its name in the configuration of a site. A new runner is one line here. */
export const runners: Readonly<Record<string, () => Runner>> = {
  process: () => processRunner(),
};
