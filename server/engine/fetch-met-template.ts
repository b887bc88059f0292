import type { Logger } from "pino";
import { expandTimeTemplate } from "@/lib/expand-time-template";
import type { MetSourceConfig } from "@/server/config-schema";
import type { Connection } from "@/server/executors/connection/connection";
import { downloadFile, forgetDownload } from "@/server/storage/download-file";
import { mapConcurrently } from "@/server/storage/map-concurrently";

/** How long a past hour is kept, so that a fire that was seen late can still be simulated. */
const pastHours = 24;
const fetchedAtOnce = 2;
const downloadTimeoutSeconds = 600;
const hourMs = 3_600_000;

type TemplateDeps = {
  readonly connection: Connection;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly config: Extract<MetSourceConfig, { kind: "template" }>;
  /** Where the copies are kept, one file per hour. */
  readonly folder: string;
};

/**
 * Brings the hours from yesterday to the end of the forecast into the cache, one file each, and drops older ones. An
 * hour that is not offered yet is no failure; one that cannot be fetched now is told and tried again next time.
 */
export async function fetchMetTemplate(deps: TemplateDeps, signal?: AbortSignal): Promise<void> {
  const { config, folder, log } = deps;
  const thisHour = Math.floor(deps.now().getTime() / hourMs) * hourMs;
  const hours = Array.from({ length: pastHours + config.hours + 1 }, (_, i) => thisHour + (i - pastHours) * hourMs);
  const nameOf = (hour: number) => `${new Date(hour).toISOString().slice(0, 13)}Z.nc`;
  await mapConcurrently(hours, fetchedAtOnce, async (hour) => {
    const url = expandTimeTemplate(config.url, new Date(hour));
    try {
      await downloadFile(url, `${folder}/${nameOf(hour)}`, { timeoutSeconds: downloadTimeoutSeconds, signal });
    } catch (error) {
      signal?.throwIfAborted();
      log.warn({ url, err: error }, "weather file not fetched");
    }
  });
  const wanted = new Set(hours.map(nameOf));
  for (const { path } of await deps.connection.list(folder, signal)) {
    if (path.endsWith(".nc") && !wanted.has(path)) await forgetDownload(`${folder}/${path}`);
  }
}
