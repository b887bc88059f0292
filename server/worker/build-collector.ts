import type { Logger } from "pino";
import type { Config } from "@/server/config";
import type { Site } from "@/server/engine/engine";
import type { Collector } from "@/server/engine/garbage/collector";
import type { Database } from "@/server/store/database";

/** What looks after the space that files and rows take, by the retention of the configuration. */
export function buildCollector(
  config: Pick<Config, "retention">,
  tools: { readonly db: Database; readonly log: Logger; now(): Date },
  sites: readonly Site[],
): Collector {
  return { ...tools, sites, policy: config.retention };
}
