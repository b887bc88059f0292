import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { NereusError } from "@/lib/errors";
import { seaInventorySchema } from "@/lib/formats/roms/sea-inventory-schema";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import type { MetSourceConfig } from "@/server/config-schema";
import { fetchMetTemplate } from "@/server/engine/fetch-met-template";
import type { Connection } from "@/server/executors/connection/connection";
import type { Database, Tx } from "@/server/store/database";
import { writeMetSource } from "@/server/store/met-source";
import { writeSeaSource } from "@/server/store/sea-source";

/** What looking after weather sources needs of the world. */
export type MetSourceDeps = {
  readonly db: Database;
  readonly connection: Connection;
  readonly metSources: Readonly<Record<string, MetSourceConfig>>;
  /** Sources of currents; absent = none. */
  readonly seaSources?: Readonly<Record<string, MetSourceConfig>>;
  readonly cachePath: string;
  readonly scratchPath: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
  /** Runs a program of ours contained; its files are in `<scratch>/out` afterwards. */
  readonly runContained: (request: {
    readonly program: "inspect";
    readonly params: { readonly source: string } & (
      | { readonly files: readonly string[] }
      | { readonly sea: readonly string[] }
    );
    readonly scratch: string;
    readonly timeoutSeconds: number;
    readonly signal?: AbortSignal;
  }) => Promise<unknown>;
};

/**
 * Looks after the configured sources of weather and currents that are not products of ours: what lies in a folder, what is offered
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
    const { metSources, seaSources = {} } = this.#deps;
    const all = [
      ...Object.entries(metSources).map(([source, config]) => ({ holds: "met", source, config }) as const),
      ...Object.entries(seaSources).map(([source, config]) => ({ holds: "sea", source, config }) as const),
    ];
    for (const one of all) {
      try {
        await this.#refreshOne(one, signal);
      } catch (error) {
        signal?.throwIfAborted();
        this.#deps.log.warn({ source: one.source, err: error }, "source not refreshed");
      }
    }
  }

  async #refreshOne({ holds, source, config }: SourceToRefresh, signal?: AbortSignal): Promise<void> {
    if (config.kind === "pipeline") return;
    const { connection, db, log, now } = this.#deps;
    const folder = config.kind === "folder" ? config.path : `${this.#deps.cachePath}/${holds}/${source}`;
    if (config.kind === "template") await fetchMetTemplate({ ...this.#deps, config, folder }, signal);
    const files = (await connection.list(folder, signal)).filter(({ path }) => isWeatherName(path));
    const print = JSON.stringify(files);
    if (files.length === 0 || this.#seen.get(`${holds} ${source}`) === print) return;
    const document = await this.#inspect({ holds, source, folder, timeoutSeconds: 10 + 2 * files.length }, signal);
    const frames = await db.transaction((tx) => keepInventory(tx, { holds, source, document, now: now() }));
    this.#seen.set(`${holds} ${source}`, print);
    log.info({ source, files: files.length, frames }, "source refreshed");
  }

  async #inspect(
    wanted: Omit<SourceToRefresh, "config"> & { readonly folder: string; readonly timeoutSeconds: number },
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { connection, runContained, scratchPath } = this.#deps;
    const { holds, source, folder, timeoutSeconds } = wanted;
    const scratch = `${scratchPath}/inspect-${randomUUID()}`;
    try {
      await connection.makeFolder(scratch, signal);
      const params = holds === "met" ? { files: [folder], source } : { sea: [folder], source };
      await runContained({ program: "inspect", params, scratch, timeoutSeconds, signal });
      const file = `${scratch}/out/inventory.json`;
      const text = new TextDecoder().decode(await connection.readFrom(file, 0, 256 * 1024 * 1024, signal));
      return text === "" ? null : JSON.parse(text);
    } finally {
      await connection.remove(scratch);
    }
  }
}

type SourceToRefresh = { readonly holds: "met" | "sea"; readonly source: string; readonly config: MetSourceConfig };

/** Stores what the program `inspect` told. @returns the number of frames */
async function keepInventory(
  tx: Tx,
  { holds, source, document, now }: { holds: "met" | "sea"; source: string; document: unknown; now: Date },
): Promise<number> {
  const refuse = (problem: string | undefined) =>
    new NereusError("format-invalid", {
      file: `inventory of ${source}`,
      place: "the whole",
      problem: problem ?? "it is empty",
    });
  if (holds === "met") {
    const parsed = inventorySchema.safeParse(document);
    if (!parsed.success) throw refuse(parsed.error.issues[0]?.message);
    await writeMetSource(tx, parsed.data, now);
    return parsed.data.frames.length;
  }
  const parsed = seaInventorySchema.safeParse(document);
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.message);
  await writeSeaSource(tx, parsed.data, now);
  return parsed.data.frames.length;
}

/** Directly in the folder, neither hidden nor unfinished nor a note of ours beside a download. */
const isWeatherName = (path: string): boolean =>
  !path.includes("/") && !path.startsWith(".") && !/\.(part|tmp|source\.json)$/.test(path);
