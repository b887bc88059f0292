import { asId, type SiteId } from "@/lib/ids";
import type { Config } from "@/server/config";
import type { Site } from "@/server/engine/engine";
import { localConnection } from "@/server/executors/connection/local";
import { runners } from "@/server/executors/registry";

/** The places where this worker runs work. Today: this machine. */
export function buildSites(config: Config): readonly Site[] {
  const makeRunner = runners.process;
  if (makeRunner === undefined) throw new Error("the runner “process” is not registered");
  return [
    {
      id: asId<SiteId>("local"),
      connection: localConnection(),
      runner: makeRunner(),
      scratchRoot: config.scratchPath,
      pools: config.slots,
      programs: { node: process.execPath, folder: config.programsPath },
    },
  ];
}
