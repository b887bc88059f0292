import { command } from "@/lib/pipeline/define-pipeline";
import { buildSites } from "@/server/worker/build-sites";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type BenchHost, withBenchHost } from "@/test/bench/engine/bench-host";
import { chainOf } from "@/test/bench/engine/chain";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const ROUNDS = 3;
const INDEPENDENT = 100;
const CHAIN = 11;

/** Real processes at the default 8 at a time: 100 independent commands, and a chain of 11, that do nothing. */
export function engineProcesses(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const independent: number[] = [];
    const chain: number[] = [];
    const sites = buildSites({ ...host.config, slots: { compute: 8, light: 8 } });
    await host.withWorker(sites, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        independent.push(await secondsOf(host, scattered));
        chain.push(await secondsOf(host, chainOf(CHAIN)));
      }
    });
    const figures = { seconds: median(independent), elevenNodesSeconds: median(chain) };
    return { figures, postgres: host.postgres };
  });
}

async function secondsOf(host: BenchHost, module: ReturnType<typeof aPipeline>): Promise<number> {
  const begin = performance.now();
  await host.completed((await host.request(module)).runId);
  return (performance.now() - begin) / 1000;
}

const scattered = aPipeline(Array.from({ length: INDEPENDENT }, (_, n) => command(`n${n}`, { command: "true" })));
