import { eq, sql } from "drizzle-orm";
import { attempt, task } from "@/drizzle/schema/engine";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { withBenchHost } from "@/test/bench/engine/bench-host";
import { chainOf } from "@/test/bench/engine/chain";
import { noopSite } from "@/test/bench/engine/noop-site";
import { median } from "@/test/bench/median";

const ROUNDS = 3;
const RUNS = 1000;
const TASKS = 20;
const requestedAtOnce = 8;

/**
 * 1,000 runs of 20 tasks, all live at once: from the first request to the end of the last run; and how long a task that
 * is ready waits for its attempt.
 */
export function engineMany(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const seconds: number[] = [];
    const lags: number[] = [];
    await host.withWorker([noopSite({ slots: 2000 })], async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const begin = performance.now();
        const since = new Date();
        const runs = await mapConcurrently(Array(RUNS).fill(chainOf(TASKS)), requestedAtOnce, host.request);
        for (const { runId } of runs) await host.completed(runId);
        seconds.push((performance.now() - begin) / 1000);
        lags.push(await startLagP99(since));
      }
    });
    return { figures: { seconds: median(seconds), startLagP99Ms: median(lags) }, postgres: host.postgres };

    async function startLagP99(since: Date): Promise<number> {
      // The database has no statistics of what was written just now, and would look at each pair.
      await host.ctx.db.execute(sql`analyze ${task}, ${attempt}`);
      const lag = sql<number>`percentile_cont(0.99) within group (order by extract(epoch from ${attempt.submittedAt} - ${task.readyAt}) * 1000)`;
      const [row] = await host.ctx.db
        .select({ lag })
        .from(task)
        .innerJoin(attempt, eq(attempt.taskId, task.id))
        .where(sql`${task.readyAt} >= ${since.toISOString()}::timestamptz`);
      return Number(row?.lag ?? 0);
    }
  });
}
