import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import { getRun } from "@/server/services/runs/get-run";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { killWorker, spawnWorker } from "@/test/fixtures/spawn-worker";
import { until } from "@/test/fixtures/until";

const artifactsOf = async (host: Host, runId: string) => (await getRun(host.ctx, runId)).artifacts.length;

/** Tasks of which two attempts have committed something: there must never be any. */
async function committedTwice(host: Host): Promise<unknown[]> {
  const query = sql`select task_id from artifact group by task_id having count(distinct attempt_id) > 1`;
  return (await host.ctx.db.execute(query)).rows;
}

const hours = 12;

/** A model that writes an hour every 0.25 s and notes each of its starts, its hours published as they come. */
const forecast = (home: string) =>
  aPipeline([
    command("model", {
      command: `echo start >> ${home}/starts; for i in $(seq -w ${hours}); do sleep 0.25; echo $i > h$i.part; mv h$i.part h$i.nc; done`,
      outputs: [output("*.nc", { commit: "on-rename" })],
    }),
    command("publish", {
      fan: "single",
      inputs: { hour: ref("workflow:///model/*.nc", { stream: true }) },
      command: "cat workflow:///model/*.nc > copy.txt",
    }),
    command("close", { command: "cat $(find workflow:///publish/ -name copy.txt | sort) > all.txt" }),
  ]);

test("a run goes on when its worker is killed three times, and its live job is adopted", async () => {
  await using host = await aHost();
  const { runId } = await host.request(forecast(host.config.homePath));
  let worker = spawnWorker(host);
  try {
    for (const seen of [1, 4, 8]) {
      await until(`${seen} artifacts`, async () => ((await artifactsOf(host, runId)) >= seen ? true : null), 40_000);
      await killWorker(worker);
      worker = spawnWorker(host);
    }
    const view = await host.ended(runId);
    expect(view.reason).toBeNull();
    expect(view).toMatchObject({ state: "completed", tasksTotal: hours + 2, tasksDone: hours + 2 });
    expect(await readFile(`${host.config.homePath}/starts`, "utf8")).toBe("start\n");
    expect(view.tasks.find(({ nodeId }) => nodeId === "model")?.attempts).toHaveLength(1);
    expect(await committedTwice(host)).toEqual([]);
  } finally {
    await killWorker(worker);
  }
});

test("what a job finished while no worker was there is taken in by the next one", async () => {
  await using host = await aHost();
  const home = host.config.homePath;
  const nodes = [
    command("a", {
      command: `touch ${home}/running; until [ -e ${home}/go ]; do sleep 0.05; done; echo x > x.txt; touch ${home}/over`,
    }),
  ];
  const { runId } = await host.request(aPipeline(nodes));
  const first = spawnWorker(host);
  const exists = (name: string) => () =>
    readFile(join(home, name)).then(
      () => true,
      () => null,
    );
  await until(
    "the job is noted",
    async () => {
      const [task] = (await getRun(host.ctx, runId)).tasks;
      return task?.attempts[0]?.jobId != null ? exists("running")() : null;
    },
    40_000,
  );
  await killWorker(first);
  await spawnAndWait("touch", [join(home, "go")]);
  await until("the job is over", exists("over"));
  const second = spawnWorker(host);
  try {
    const view = await host.ended(runId);
    expect(view.state).toBe("completed");
    expect(view.tasks[0]?.attempts).toHaveLength(1);
    expect(view.artifacts.map(({ path }) => path)).toEqual(["x.txt"]);
  } finally {
    await killWorker(second);
  }
});

async function spawnAndWait(program: string, args: readonly string[]): Promise<void> {
  await once(spawn(program, args), "exit");
}
