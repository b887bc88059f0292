import { eq } from "drizzle-orm";
import { pino } from "pino";
import { expect, test } from "vitest";
import { cycleIntent } from "@/drizzle/schema/cycles";
import { run } from "@/drizzle/schema/engine";
import { planBackfill } from "@/server/services/backfills/plan-backfill";
import { startBackfill } from "@/server/services/backfills/start-backfill";
import type { ServiceContext } from "@/server/services/context";
import { requestRun } from "@/server/services/runs/request-run";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { fireSchedules } from "@/server/worker/fire-schedules";
import { aHost } from "@/test/fixtures/a-host";

const log = pino({ level: "silent" });
const wish = { pipelineId: "demo-weather", cron: "30 0 * * *", timeZone: "UTC", input: { hours: 1 } };
const policies = { overlap: "allow", catchUp: 1, runahead: null } as const;

const at = (ctx: ServiceContext, text: string): ServiceContext => ({ ...ctx, now: () => new Date(text) });
const cyclesOf = async (ctx: ServiceContext) =>
  (await ctx.db.select().from(cycleIntent).orderBy(cycleIntent.cycle)).map(({ cycle, state, reason }) =>
    [cycle, state, reason ?? ""].join(" ").trim(),
  );
const runCycles = async (ctx: ServiceContext) =>
  (await ctx.db.select().from(run).orderBy(run.cycle)).map(({ cycle }) => cycle);

test("two workers that fire at once start one run of the cycle", async () => {
  await using host = await aHost();
  await createSchedule(at(host.ctx, "2026-07-01T00:00:00Z"), { ...wish, ...policies });
  const now = at(host.ctx, "2026-07-01T00:31:00Z");
  await Promise.all([fireSchedules(now, log), fireSchedules(now, log), fireSchedules(now, log)]);
  expect(await runCycles(host.ctx)).toEqual(["2026-07-01T00Z"]);
  expect(await cyclesOf(host.ctx)).toEqual(["2026-07-01T00Z started"]);
});

test("a worker killed between the run and its note leaves no second run", async () => {
  await using host = await aHost();
  await createSchedule(at(host.ctx, "2026-07-01T00:00:00Z"), { ...wish, ...policies });
  const now = at(host.ctx, "2026-07-01T00:31:00Z");
  await fireSchedules(now, log);
  // What the row says when the note was never written.
  await host.ctx.db.update(cycleIntent).set({ state: "waiting", startedAt: null });
  await fireSchedules(now, log);
  expect(await runCycles(host.ctx)).toEqual(["2026-07-01T00Z"]);
  expect(await cyclesOf(host.ctx)).toEqual(["2026-07-01T00Z started"]);
});

test("of four missed cycles the limit says how many are made up for", async () => {
  await using host = await aHost();
  await createSchedule(at(host.ctx, "2026-07-01T00:00:00Z"), { ...wish, ...policies, catchUp: 2 });
  await fireSchedules(at(host.ctx, "2026-07-04T12:00:00Z"), log);
  expect(await cyclesOf(host.ctx)).toEqual([
    "2026-07-01T00Z skipped missed",
    "2026-07-02T00Z skipped missed",
    "2026-07-03T00Z started",
    "2026-07-04T00Z started",
  ]);
});

test("a queued cycle waits as a row until the one before it has ended", async () => {
  await using host = await aHost();
  await createSchedule(at(host.ctx, "2026-07-01T00:00:00Z"), { ...wish, ...policies, overlap: "queue" });
  await fireSchedules(at(host.ctx, "2026-07-01T00:31:00Z"), log);
  const nextDay = at(host.ctx, "2026-07-02T00:31:00Z");
  await fireSchedules(nextDay, log);
  expect(await cyclesOf(host.ctx)).toEqual(["2026-07-01T00Z started", "2026-07-02T00Z waiting overlap"]);
  await host.ctx.db.update(run).set({ state: "failed" }).where(eq(run.pipelineId, run.pipelineId));
  await fireSchedules(nextDay, log);
  expect(await cyclesOf(host.ctx)).toEqual(["2026-07-01T00Z started", "2026-07-02T00Z started"]);
});

test("a new cycle cancels the one before it once, and starts when that has ended", async () => {
  await using host = await aHost();
  await createSchedule(at(host.ctx, "2026-07-01T00:00:00Z"), { ...wish, ...policies, overlap: "cancel-previous" });
  await fireSchedules(at(host.ctx, "2026-07-01T00:31:00Z"), log);
  const nextDay = at(host.ctx, "2026-07-02T00:31:00Z");
  await fireSchedules(nextDay, log);
  const [first] = await host.ctx.db.select().from(run);
  expect(first?.cancelReason).toBe("a later cycle of its schedule has come");
  expect(await cyclesOf(host.ctx)).toEqual(["2026-07-01T00Z started", "2026-07-02T00Z waiting overlap"]);
});

test("a backfill tells what is there, keeps to its limit and never runs a cycle twice", async () => {
  await using host = await aHost();
  const range = { pipelineId: "demo-weather", from: "2026-06-01", to: "2026-06-01T18Z" };
  await requestRun(host.ctx, {
    pipelineId: "demo-weather",
    input: { hours: 1 },
    cycle: (await planBackfill(host.ctx, range)).cycles[1]?.cycle,
  });
  const plan = await planBackfill(host.ctx, range);
  expect(plan.cycles.map(({ state }) => state)).toEqual(["new", "exists", "new", "new"]);
  expect(plan.toRun).toBe(3);
  await startBackfill(host.ctx, { ...range, limit: 2, reason: "a new coast" });
  await fireSchedules(host.ctx, log);
  expect(await cyclesOf(host.ctx)).toEqual([
    "2026-06-01T00Z started",
    "2026-06-01T12Z started",
    "2026-06-01T18Z waiting backfill",
  ]);
  expect((await planBackfill(host.ctx, range)).toRun).toBe(0);
});
