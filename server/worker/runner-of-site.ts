import type { Connection } from "@/server/executors/connection/connection";
import { runners } from "@/server/executors/registry";
import type { Runner } from "@/server/executors/runner";
import type { ResolvedSite } from "@/server/site-schema";

/** How a site of the configuration runs its jobs. */
export function runnerOfSite(connection: Connection, { slurm, processes }: ResolvedSite): Runner {
  if (slurm !== undefined) return runners.slurm(connection, slurm);
  if (processes !== undefined) return runners["remote-process"](connection, processes);
  throw new Error("the schema demands a way of running jobs for each site");
}
