import type { Logger } from "pino";
import type { Config } from "@/server/config";
import { MetSourceRefresher } from "@/server/engine/refresh-met-sources";
import { localConnection } from "@/server/executors/connection/local";
import { runContained } from "@/server/executors/run-contained";
import type { Database } from "@/server/store/database";

/** Looks after the weather sources of the configuration, opening their files only in a contained child process. */
export function buildMetRefresher(
  config: Config,
  tools: { readonly db: Database; readonly log: Logger; now(): Date },
): MetSourceRefresher {
  const { metSources, seaSources, cachePath, scratchPath, programsPath } = config;
  return new MetSourceRefresher({
    ...tools,
    ...{ metSources, seaSources, cachePath, scratchPath },
    connection: localConnection(),
    runContained: (request) => runContained({ ...request, programsPath }),
  });
}
