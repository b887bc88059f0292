import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { NereusError } from "@/lib/errors";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import type { MetSourceConfig } from "@/server/config-schema";
import { fetchMetTemplate } from "@/server/engine/fetch-met-template";
import type { Connection } from "@/server/executors/connection/connection";
import type { Database } from "@/server/store/database";
import { writeMetSource } from "@/server/store/met-source";

/** What looking after weather sources needs of the world. */
export type MetSourceDeps = {
  readonly db: Database;
  readonly connection: Connection;
  readonly metSources: Readonly<Record<string, MetSourceConfig>>;
  readonly cachePath: string;
  readonly scratchPath: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
  /** Runs a program of ours contained; its files are in `<scratch>/out` afterwards. */
  readonly runContained: (request: {
    readonly program: "inspect";
    readonly params: { readonly files: readonly string[]; readonly source: string };
    readonly scratch: string;
    readonly timeoutSeconds: number;
    readonly signal?: AbortSignal;
  }) => Promise<unknown>;
};

/**
 * Looks after the configured weather sources that are not products of ours: what lies in a folder, what is offered
 * under an address template. Call `refresh` at start and every few minutes; a source whose files did not change since
 * the last call is not opened again.
 */
export class MetSourceRefresher {
  /** Names, sizes and times of the files at the last good look, by source. */
  readonly #seen = new Map<string, string>();
  readonly #deps: MetSourceDeps;

  constructor(deps: MetSourceDeps) {
    this.#deps = deps;
  }

  /** One source that fails keeps what it served before, is told in the log, and does not stop the others. */
  async refresh(signal?: AbortSignal): Promise<void> {
    for (const [source, config] of Object.entries(this.#deps.metSources)) {
      try {
        await this.#refreshOne(source, config, signal);
      } catch (error) {
        signal?.throwIfAborted();
        this.#deps.log.warn({ source, err: error }, "weather source not refreshed");
      }
    }
  }

  async #refreshOne(source: string, config: MetSourceConfig, signal?: AbortSignal): Promise<void> {
    if (config.kind === "pipeline") return;
    const { connection, db, log, now } = this.#deps;
    const folder = config.kind === "folder" ? config.path : `${this.#deps.cachePath}/met/${source}`;
    if (config.kind === "template") await fetchMetTemplate({ ...this.#deps, config, folder }, signal);
    const files = (await connection.list(folder, signal)).filter(({ path }) => isWeatherName(path));
    const print = JSON.stringify(files);
    if (files.length === 0 || this.#seen.get(source) === print) return;
    const inventory = await this.#inspect({ source, folder, timeoutSeconds: 10 + 2 * files.length }, signal);
    await db.transaction((tx) => writeMetSource(tx, inventory, now()));
    this.#seen.set(source, print);
    log.info({ source, files: inventory.files.length, frames: inventory.frames.length }, "weather source refreshed");
  }

  async #inspect(
    wanted: { readonly source: string; readonly folder: string; readonly timeoutSeconds: number },
    signal?: AbortSignal,
  ): Promise<MetInventory> {
    const { connection, runContained, scratchPath } = this.#deps;
    const { source, folder, timeoutSeconds } = wanted;
    const scratch = `${scratchPath}/inspect-${randomUUID()}`;
    try {
      await connection.makeFolder(scratch, signal);
      const params = { files: [folder], source };
      await runContained({ program: "inspect", params, scratch, timeoutSeconds, signal });
      const file = `${scratch}/out/inventory.json`;
      const text = new TextDecoder().decode(await connection.readFrom(file, 0, 256 * 1024 * 1024, signal));
      const parsed = inventorySchema.safeParse(text === "" ? null : JSON.parse(text));
      if (parsed.success) return parsed.data;
      const problem = parsed.error.issues[0]?.message ?? "it is empty";
      throw new NereusError("format-invalid", { file: `inventory of ${source}`, place: "the whole", problem });
    } finally {
      await connection.remove(scratch);
    }
  }
}

/** Directly in the folder, neither hidden nor unfinished nor a note of ours beside a download. */
const isWeatherName = (path: string): boolean =>
  !path.includes("/") && !path.startsWith(".") && !/\.(part|tmp|source\.json)$/.test(path);
