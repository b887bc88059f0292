import type { Logger } from "pino";
import type { PipelineId } from "@/lib/ids";
import type { Connection } from "@/server/executors/connection/connection";
import type { Database } from "@/server/store/database";

/** What committing products needs of the world. */
export type ProductDeps = {
  readonly db: Database;
  /** This machine: where the store is and where fragments have been staged home to. */
  readonly connection: Connection;
  readonly storePath: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
  /** Names of the configured weather sources of kind `pipeline` that take their forecasts from this pipeline. */
  readonly metSourcesOf: (pipelineId: PipelineId) => readonly string[];
  /** The same of sources of currents; absent = none. */
  readonly seaSourcesOf?: (pipelineId: PipelineId) => readonly string[];
};
