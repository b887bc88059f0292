import { command } from "@/lib/pipeline/define-pipeline";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { withBenchHost } from "@/test/bench/engine/bench-host";
import { noopSite } from "@/test/bench/engine/noop-site";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const ROUNDS = 3;
const LENGTH = 1000;

/** A chain of 1,000 tasks that do nothing: the time from one submission to the next, over all tasks of three chains. */
export function engineChain(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const submittedMs: number[] = [];
    const body = () => {
      submittedMs.push(performance.now());
      return [];
    };
    const seconds: number[] = [];
    const hopsMs: number[] = [];
    await host.withWorker([noopSite({ slots: 4, body })], async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        submittedMs.length = 0;
        const begin = performance.now();
        const { runId } = await host.request(chainOf(LENGTH));
        await host.completed(runId);
        seconds.push((performance.now() - begin) / 1000);
        hopsMs.push(...submittedMs.slice(1).map((at, index) => at - (submittedMs[index] ?? at)));
      }
    });
    const sorted = hopsMs.sort((a, b) => a - b);
    const figures = {
      p50Ms: median(sorted),
      p99Ms: sorted[Math.trunc(sorted.length * 0.99)] ?? 0,
      seconds: median(seconds),
    };
    return { figures, postgres: host.postgres };
  });
}

/** Commands that do nothing, each after the one before. */
export const chainOf = (length: number) =>
  aPipeline(
    Array.from({ length }, (_, n) => command(`n${n}`, { command: "true", ...(n > 0 ? { after: [`n${n - 1}`] } : {}) })),
  );
