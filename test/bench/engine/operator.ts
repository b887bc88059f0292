import { command } from "@/lib/pipeline/define-pipeline";
import { operateRun } from "@/server/services/runs/operate-run";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { withBenchHost } from "@/test/bench/engine/bench-host";
import { files } from "@/test/bench/engine/fan";
import { type NoopBody, noopSite } from "@/test/bench/engine/noop-site";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const ROUNDS = 3;
const WIDTH = 5000;

/**
 * An operator reruns the 5,000 tasks of a node, and what came of them, in a run that has completed: from the call of the
 * service to its committed transaction. The run is then let to its end, so that each round finds the same.
 */
export function engineOperator(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const body: NoopBody = (job) => {
      if (job.scratch.includes("/split/")) return files(WIDTH);
      return job.scratch.includes("/each/") ? files(1) : [];
    };
    const { runId } = await host.request(fan);
    await host.withWorker([noopSite({ slots: 2000, body })], () => host.completed(runId));
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now();
      const { summary } = await operateRun(host.ctx, {
        ...{ runId, action: "rerun", node: "each", downstream: true, reason: "benchmark" },
      });
      seconds.push((performance.now() - begin) / 1000);
      if (summary.tasksTotal !== WIDTH + 1) throw new Error(`${summary.tasksTotal} tasks were rerun`);
      await host.withWorker([noopSite({ slots: 2000, body })], () => host.completed(runId));
    }
    return { figures: { seconds: median(seconds) }, postgres: host.postgres };
  });
}

const fan = aPipeline([
  command("split", { command: "true" }),
  command("each", { fan: "single", command: "cat workflow:///split/*.nc" }),
  command("all", { command: "true", after: ["each"] }),
]);
