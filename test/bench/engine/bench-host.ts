import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { isTerminalRun } from "@/lib/dag/state";
import type { RunId } from "@/lib/ids";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { type Config, resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import type { Site } from "@/server/engine/engine";
import type { ServiceContext } from "@/server/services/context";
import { requestRun } from "@/server/services/runs/request-run";
import { openDatabase } from "@/server/store/database";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { migrate } from "@/server/store/migrate";
import { findRun } from "@/server/store/run";
import { readServerVersion } from "@/server/store/server-version";
import { startWorker } from "@/server/worker/start-worker";
import { removeHome } from "@/test/fixtures/remove-home";
import { until } from "@/test/fixtures/until";

/** A home and a database with durable commits, empty but for what a benchmark puts there. */
export type BenchHost = {
  readonly config: Config;
  readonly ctx: ServiceContext;
  readonly postgres: string;
  /** Lets a worker run with these sites while `work` is done. */
  withWorker<Result>(sites: readonly Site[] | undefined, work: () => Promise<Result>): Promise<Result>;
  request(module: PipelineModule): ReturnType<typeof requestRun>;
  /** Waits for the end of a run and demands that it completed. */
  completed(runId: RunId): Promise<void>;
};

/** On the database of DATABASE_URL, which must be empty and is dirty afterwards, else on an embedded one. */
export async function withBenchHost<Result>(measure: (host: BenchHost) => Promise<Result>): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "nereus-bench-"));
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startEmbedded(home, () => undefined);
  await migrate(server.url);
  const config = resolveConfig(configFileSchema.parse({}), { NEREUS_HOME: home, DATABASE_URL: server.url });
  const database = openDatabase(server.url);
  const ctx: ServiceContext = { db: database.db, actor: { kind: "host" }, now: () => new Date(), config };
  try {
    return await measure({
      config,
      ctx,
      postgres: await readServerVersion(database.db),
      withWorker: async (sites, work) => {
        const worker = await startWorker(config, { log: pino({ level: "warn" }, pino.destination(2)), sites });
        try {
          return await work();
        } finally {
          await worker.stop();
        }
      },
      request: (module) => requestRun(ctx, { pipelineId: "test", input: {}, module }),
      completed: (runId) => completed(ctx, runId),
    });
  } finally {
    await database.close();
    await server.stop();
    removeHome(home);
  }
}

async function completed(ctx: ServiceContext, runId: RunId): Promise<void> {
  const { state, reason } = await until(
    `run ${runId} ends`,
    async () => {
      const run = await findRun(ctx.db, runId);
      return run !== null && isTerminalRun(run.state) ? run : null;
    },
    600_000,
  );
  if (state !== "completed") throw new Error(`a run of a benchmark ended ${state}: ${reason}`);
}
