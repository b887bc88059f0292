import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { isTerminalRun } from "@/lib/dag/state";
import { command } from "@/lib/pipeline/define-pipeline";
import { resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import type { ServiceContext } from "@/server/services/context";
import { getRun } from "@/server/services/runs/get-run";
import { requestRun } from "@/server/services/runs/request-run";
import { openDatabase } from "@/server/store/database";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { findRun } from "@/server/store/run";
import { readServerVersion } from "@/server/store/server-version";
import { startWorker } from "@/server/worker/start-worker";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { removeHome } from "@/test/fixtures/remove-home";
import { until } from "@/test/fixtures/until";

const ROUNDS = 3;
const SHORT = 11;
const LONG = 100;

/**
 * Chains of commands that do nothing, on the embedded database with durable commits: the hop from the end of a task's
 * process to the submission of the next one, over all hops of the long chains, and the time from request to the end.
 */
export async function engineChain(): Promise<BenchmarkFigures> {
  const home = mkdtempSync(join(tmpdir(), "nereus-bench-"));
  const server = await startEmbedded(home, () => undefined);
  const config = resolveConfig(configFileSchema.parse({}), { NEREUS_HOME: home, DATABASE_URL: server.url });
  const worker = await startWorker(config, { log: pino({ level: "silent" }) });
  const database = openDatabase(server.url);
  try {
    const ctx: ServiceContext = { db: database.db, actor: { kind: "host" }, now: () => new Date(), config };
    const short: number[] = [];
    const long: number[] = [];
    const hops: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      short.push((await runChain(ctx, SHORT)).seconds);
      const chain = await runChain(ctx, LONG);
      long.push(chain.seconds);
      hops.push(...chain.hopsMs);
    }
    const sorted = hops.sort((a, b) => a - b);
    return {
      figures: {
        p50Ms: median(sorted),
        p99Ms: sorted[Math.trunc(sorted.length * 0.99)] ?? 0,
        seconds: median(long),
        elevenNodesSeconds: median(short),
      },
      postgres: await readServerVersion(database.db),
    };
  } finally {
    await worker.stop();
    await database.close();
    await server.stop();
    removeHome(home);
  }
}

async function runChain(ctx: ServiceContext, length: number) {
  const nodes = Array.from({ length }, (_, n) =>
    command(`n${n}`, { command: "true", ...(n > 0 ? { after: [`n${n - 1}`] } : {}) }),
  );
  const begin = performance.now();
  const { runId } = await requestRun(ctx, { pipelineId: "test", input: {}, module: aPipeline(nodes) });
  await until(
    `run ${runId} ends`,
    async () => {
      const run = await findRun(ctx.db, runId);
      return run !== null && isTerminalRun(run.state) ? run : null;
    },
    600_000,
  );
  const seconds = (performance.now() - begin) / 1000;
  const { state, tasks } = await getRun(ctx, runId);
  if (state !== "completed") throw new Error(`a chain of ${length} ended ${state}`);
  const attempts = tasks.map((task) => task.attempts.at(-1));
  const hopsMs = attempts.slice(1).map((attempt, index) => {
    const before = Date.parse(attempts[index]?.endedAt ?? "");
    return Date.parse(attempt?.submittedAt ?? "") - before;
  });
  return { seconds, hopsMs };
}
