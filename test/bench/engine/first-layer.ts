import { envappWeek } from "@/pipelines/envapp-chain/pipeline";
import { readRunResult } from "@/server/cli/run/run-result";
import { getRun } from "@/server/services/runs/get-run";
import { requestRun } from "@/server/services/runs/request-run";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type BenchHost, withBenchHost } from "@/test/bench/engine/bench-host";
import { median } from "@/test/bench/median";

const ROUNDS = 3;
/** Two hours of each of the seven days, one second apart: the model's end is far behind its first file. */
const input = { start: "2026-07-01T00:00:00Z", hoursPerDay: 2, paceSeconds: 1 };

/**
 * The chain of 54 tasks with real processes: when its first hourly file is committed, when its first layer can be seen,
 * and when all is done. `overMs` is the part of the first layer beyond 1.1 x the first file; the bar is 2000.
 */
export function engineFirstLayer(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const rounds: Timings[] = [];
    await host.withWorker(undefined, async () => {
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timingsOf(host));
    });
    const middle = (key: keyof Timings) => median(rounds.map((round) => round[key]));
    const figures = {
      firstFileMs: middle("firstFileMs"),
      firstLayerMs: middle("firstLayerMs"),
      totalMs: middle("totalMs"),
      ratio: median(rounds.map(({ firstLayerMs, firstFileMs }) => firstLayerMs / firstFileMs)),
      overMs: median(rounds.map(({ firstLayerMs, firstFileMs }) => firstLayerMs - 1.1 * firstFileMs)),
    };
    return { figures, postgres: host.postgres };
  });
}

type Timings = Record<"firstFileMs" | "firstLayerMs" | "totalMs", number>;

async function timingsOf(host: BenchHost): Promise<Timings> {
  const { id } = envappWeek.definition;
  const { runId } = await requestRun(host.ctx, { pipelineId: id, input, module: envappWeek });
  await host.completed(runId);
  const products = envappWeek.definition.products.map((product) => product.id);
  const { timings } = await readRunResult(host.ctx, await getRun(host.ctx, runId), products);
  const { firstFileMs, firstLayerMs, totalMs } = timings;
  if (firstFileMs === null || firstLayerMs === null || totalMs === null) throw new Error("the chain showed nothing");
  return { firstFileMs, firstLayerMs, totalMs };
}
