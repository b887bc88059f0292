import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { command } from "@/lib/pipeline/define-pipeline";
import { gate, sensor, untilFiles, untilOffset } from "@/lib/pipeline/define-waiting";
import { decideGate } from "@/server/services/runs/decide-gate";
import { getRun } from "@/server/services/runs/get-run";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { killWorker, spawnWorker } from "@/test/fixtures/spawn-worker";
import { until } from "@/test/fixtures/until";

test("steps that wait come to their end though their worker is killed while they do, each once", async () => {
  await using host = await aHost();
  const folder = join(host.config.homePath, "incoming");
  await mkdir(folder);
  const waits = ["clock", "files", "person"];
  const { runId } = await host.request(
    aPipeline([
      sensor("clock", { watch: untilOffset("PT8S", "start") }),
      sensor("files", { watch: untilFiles(`${folder}/*.nc`, { stableSeconds: 0, everySeconds: 1, take: true }) }),
      gate("person", { title: { en: "Go on?", it: "Avanti?" } }),
      command("after", { command: "echo done > d.txt", after: waits }),
    ]),
  );
  const worker = spawnWorker(host);
  await until(
    "all have been looked at",
    async () => {
      const { tasks } = await getRun(host.ctx, runId);
      const seen = tasks.filter(
        (task) => waits.includes(task.nodeId) && (task.state !== "waiting" || task.reason !== null),
      );
      return seen.length === waits.length ? true : null;
    },
    40_000,
  );
  await killWorker(worker);
  await writeFile(join(folder, "a.nc"), "x");
  await decideGate(host.ctx, { runId, node: "person", decision: "approved", reason: "good" });
  const second = spawnWorker(host);
  try {
    await until("something is done", async () => ((await getRun(host.ctx, runId)).tasksDone > 0 ? true : null), 40_000);
    await killWorker(second);
  } finally {
    second.kill("SIGKILL");
  }
  const third = spawnWorker(host);
  try {
    const view = await host.ended(runId);
    expect(view).toMatchObject({ state: "completed", tasksDone: 4 });
    const twice = sql`select task_id from artifact group by task_id having count(distinct attempt_id) > 1`;
    expect((await host.ctx.db.execute(twice)).rows).toEqual([]);
  } finally {
    await killWorker(third);
  }
}, 120_000);
