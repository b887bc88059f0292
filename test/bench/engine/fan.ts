import { command } from "@/lib/pipeline/define-pipeline";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { withBenchHost } from "@/test/bench/engine/bench-host";
import { type NoopBody, noopSite } from "@/test/bench/engine/noop-site";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const ROUNDS = 3;
export const WIDTH = 10_000;

/** One task whose 10,000 files get one task each, and one after all of them: from request to the end, and to the first. */
export function engineFan(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const rounds: { readonly seconds: number; readonly firstMs: number }[] = [];
    let firstAt: number | null = null;
    const body: NoopBody = (job) => {
      if (job.scratch.includes("/split/")) return files(WIDTH);
      firstAt ??= performance.now();
      return [];
    };
    await host.withWorker([noopSite({ slots: 2000, body })], async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        firstAt = null;
        const begin = performance.now();
        const { runId } = await host.request(fan);
        await host.completed(runId);
        rounds.push({ seconds: (performance.now() - begin) / 1000, firstMs: (firstAt ?? begin) - begin });
      }
    });
    const figures = {
      seconds: median(rounds.map(({ seconds }) => seconds)),
      firstMs: median(rounds.map(({ firstMs }) => firstMs)),
    };
    return { figures, postgres: host.postgres };
  });
}

/** As many files as a task is to have made. */
export const files = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ path: `part${n}.nc`, sizeBytes: 0, sha256: "0" }));

export const fan = aPipeline([
  command("split", { command: "true" }),
  command("each", { fan: "single", command: "cat workflow:///split/*.nc" }),
  command("all", { command: "true", after: ["each"] }),
]);
