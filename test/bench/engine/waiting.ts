import { setTimeout as pause } from "node:timers/promises";
import { and, eq, gte, sql } from "drizzle-orm";
import { attempt, task } from "@/drizzle/schema/engine";
import { command } from "@/lib/pipeline/define-pipeline";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type BenchHost, withBenchHost } from "@/test/bench/engine/bench-host";
import { files } from "@/test/bench/engine/fan";
import { type NoopBody, noopSite } from "@/test/bench/engine/noop-site";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const WAITING = 10_000;
const READY = 10;
const ROUNDS = 3;
const SETTLE_MS = 3000;
const IDLE_MS = 10_000;

/** 10,000 tasks wait for a time an hour away: what a worker costs meanwhile, and how long 10 that are ready wait for it. */
export function engineWaiting(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const body: NoopBody = (job) => (job.scratch.includes("/split/") ? files(WAITING) : []);
    return host.withWorker([noopSite({ slots: 100, body })], async () => {
      await host.request(crowd);
      await until("all wait", async () => ((await letWait(host)) === WAITING ? true : null), 60_000);
      await pause(SETTLE_MS);
      const idleCpuPercent = await idleCpu();
      const lags: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) lags.push(await startLagP99(host));
      return { figures: { startLagP99Ms: median(lags), idleCpuPercent }, postgres: host.postgres };
    });
  });
}

/** Held when they are made, so that none starts before it waits. */
const crowd = aPipeline([
  command("split", { command: "true" }),
  command("each", { fan: "single", hold: true, command: "cat workflow:///split/*.nc" }),
]);

async function letWait({ ctx }: BenchHost): Promise<number> {
  const dueAt = new Date(Date.now() + 3_600_000);
  const rows = await ctx.db
    .update(task)
    .set({ state: "waiting", dueAt })
    .where(eq(task.state, "held"))
    .returning({ id: task.id });
  return rows.length;
}

/** Of one core, this process alone: the database is another. */
async function idleCpu(): Promise<number> {
  const before = process.cpuUsage();
  await pause(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / IDLE_MS;
}

/** From being ready to the submission, ms. */
async function startLagP99(host: BenchHost): Promise<number> {
  const since = new Date();
  const few = aPipeline(Array.from({ length: READY }, (_, n) => command(`n${n}`, { command: "true" })));
  await host.completed((await host.request(few)).runId);
  const lagMs = sql<number>`extract(epoch from ${attempt.submittedAt} - ${task.readyAt}) * 1000`;
  const [row] = await host.ctx.db
    .select({ p99: sql<number>`percentile_cont(0.99) within group (order by ${lagMs})` })
    .from(task)
    .innerJoin(attempt, eq(attempt.taskId, task.id))
    .where(and(gte(task.readyAt, since), eq(task.state, "completed")));
  return Number(row?.p99 ?? 0);
}
