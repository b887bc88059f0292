import { count, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { task } from "@/drizzle/schema/engine";
import { wait } from "@/drizzle/schema/waits";
import { asId, type TaskId } from "@/lib/ids";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import { sensor, untilOffset, untilTime } from "@/lib/pipeline/define-waiting";
import { findRun } from "@/server/store/run";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const tasks = 1000;

test("a thousand tasks that wait are rows alone, and go on together when their time comes", async () => {
  await using host = await aHost();
  await host.startWorker();
  const nodes = [
    command("list", { command: `for n in $(seq ${tasks}); do echo $n > $n.txt; done` }),
    sensor("each", {
      ...{ fan: "single", inputs: { file: ref("workflow:///list/*.txt") } },
      watch: untilTime("2999-01-01T00:00:00Z"),
    }),
  ];
  const { runId } = await host.request(aPipeline(nodes));
  const looked = async () => {
    const [row] = await host.ctx.db.select({ count: count() }).from(wait).where(sql`${wait.reason} is not null`);
    return row?.count === tasks ? true : null;
  };
  await until("all have been looked at", looked, 60_000);
  expect(await host.ctx.db.query.attempt.findMany({ where: (row, { eq: is }) => is(row.runId, runId) })).toHaveLength(
    1,
  );
  const found = { found: { at: "now" }, dueAt: new Date() };
  await host.ctx.db.update(wait).set(found).where(isNull(wait.found));
  // The view of a run names each of its tasks: asked for again and again, it would be all that is measured.
  const ended = async () => (await findRun(host.ctx.db, runId))?.endedAt ?? null;
  await until("the run ends", ended, 60_000);
  expect(await findRun(host.ctx.db, runId)).toMatchObject({ state: "completed" });
  const [done] = await host.ctx.db.select({ count: count() }).from(task).where(eq(task.state, "completed"));
  expect(done?.count).toBe(tasks + 1);
}, 120_000);

test("what was found by a worker that died before it told is told by the next one", async () => {
  await using host = await aHost();
  const { runId } = await host.request(aPipeline([sensor("s", { watch: untilOffset("P1D", "start") })]));
  const taskId = asId<TaskId>(`${runId}.s.0`);
  await host.ctx.db
    .update(wait)
    .set({ found: { at: "then" } })
    .where(eq(wait.taskId, taskId));
  await host.startWorker();
  const view = await host.ended(runId);
  expect(view.state).toBe("completed");
  const [made] = await host.ctx.db.query.artifact.findMany();
  expect(made?.metadata).toEqual({ at: "then" });
});
