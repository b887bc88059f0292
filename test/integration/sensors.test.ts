import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { wait } from "@/drizzle/schema/waits";
import type { RunView } from "@/lib/dag/run-view";
import { asId, type RunId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { sensor, untilFiles, untilOffset, untilResource, untilTime } from "@/lib/pipeline/define-waiting";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { getRun } from "@/server/services/runs/get-run";
import { enqueue } from "@/server/store/enqueue";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { aWebServer } from "@/test/fixtures/a-web-server";
import { until } from "@/test/fixtures/until";

const copy = (from: string) =>
  command("after", { command: `cp -r workflow:///${from}/ all; cat all/record.json > seen.txt; rm -r all` });

/** What a consumer of a sensor copied of its record. */
async function recordIn(host: Host, view: RunView): Promise<Record<string, unknown>> {
  const made = view.artifacts.find(({ path }) => path === "seen.txt");
  const rows = await host.ctx.db.query.attempt.findMany();
  const scratch = rows.find(({ taskId }) => taskId === made?.taskId)?.scratch ?? "";
  return JSON.parse(await readFile(`${scratch}/out/seen.txt`, "utf8"));
}

const waiting = (host: Host, runId: string) =>
  until("a task waits and has been looked at", async () => {
    const [task] = (await getRun(host.ctx, runId)).tasks;
    const [row] = await host.ctx.db.select().from(wait);
    return task?.state === "waiting" && row?.reason ? { task, row } : null;
  });

test("a sensor of time lets its consumers go at its moment and holds no process till then", async () => {
  await using host = await aHost();
  await host.startWorker();
  const nodes = [sensor("later", { watch: untilOffset("PT1.5S", "start") }), copy("later")];
  const { runId } = await host.request(aPipeline(nodes));
  await waiting(host, runId);
  expect(await host.ctx.db.query.attempt.findMany()).toEqual([]);
  const view = await host.ended(runId);
  expect(view.state).toBe("completed");
  const at = Date.parse(String((await recordIn(host, view)).at));
  expect(at - Date.parse(view.createdAt)).toBe(1500);
  const started = view.tasks.find(({ nodeId }) => nodeId === "after")?.startedAt ?? "";
  expect(Date.parse(started)).toBeGreaterThanOrEqual(at);
});

test("a wait outlives its worker", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const { runId } = await host.request(aPipeline([sensor("later", { watch: untilOffset("PT2S", "start") })]));
  await waiting(host, runId);
  await worker.stop();
  expect((await getRun(host.ctx, runId)).tasks[0]?.state).toBe("waiting");
  await host.startWorker();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a sensor of the web waits through 404, 500 and small answers, and brings the file", async () => {
  const answers = [404, 500, 200, 200];
  await using server = await aWebServer((request, response) => {
    const status = request.method === "HEAD" ? (answers.shift() ?? 200) : 200;
    const body = answers.length > 0 && request.method === "HEAD" ? "x" : "whole";
    response
      .writeHead(status, { etag: '"v1"', "content-length": body.length })
      .end(request.method === "GET" ? body : "");
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const watch = untilResource(`${server.url}/met/latest.nc`, { everySeconds: 1, leastBytes: 5, download: true });
  const { runId } = await host.request(aPipeline([sensor("met", { watch }), copy("met")]));
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  expect(view.artifacts.map(({ path }) => path)).toEqual(["files/latest.nc", "record.json", "seen.txt"]);
  expect(await recordIn(host, view)).toMatchObject({ etag: '"v1"', sizeBytes: 5, url: `${server.url}/met/latest.nc` });
});

test("a sensor of change asks with the version that it saw and goes on when another one comes", async () => {
  let version = "one";
  await using server = await aWebServer((request, response) => {
    const etag = `"${version}"`;
    const same = request.headers["if-none-match"] === etag;
    response.writeHead(same ? 304 : 200, { etag }).end();
  });
  await using host = await aHost({}, { waits: { privateHosts: ["127.0.0.1"] } });
  await host.startWorker();
  const watch = untilResource(server.url, { until: "changed", everySeconds: 1 });
  const { runId } = await host.request(aPipeline([sensor("met", { watch }), copy("met")]));
  await until("the server said 304", () =>
    server.asked.some(({ headers }) => headers["if-none-match"]) ? true : null,
  );
  expect((await getRun(host.ctx, runId)).state).toBe("running");
  version = "two";
  const view = await host.ended(runId);
  expect(await recordIn(host, view)).toMatchObject({ etag: '"two"' });
});

test("a deadline fails the run with what was waited for, or skips and the run goes on", async () => {
  await using server = await aWebServer((_, response) => response.writeHead(404).end());
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const watch = untilResource(`${server.url}/x`, { everySeconds: 1 });
  const failing = sensor("met", { watch, deadline: { seconds: 1, outcome: "fail" } });
  const failed = await host.ended((await host.request(aPipeline([failing, copy("met")]))).runId);
  expect(failed.state).toBe("failed");
  expect(failed.reason).toContain(`met waited 1 s and it did not come: ${server.url}/x is not there`);
  const skipping = sensor("met", { watch, deadline: { seconds: 1, outcome: "skip" } });
  const skipped = await host.ended((await host.request(aPipeline([skipping, copy("met")]))).runId);
  expect(skipped.state).toBe("completed");
  expect(skipped.tasks[0]).toMatchObject({ state: "expired" });
  expect(skipped.nodes.map(({ state }) => state)).toEqual(["skipped", "skipped"]);
});

test("a server that never answers is given up after a look, and asked again", async () => {
  await using server = await aWebServer((_, response) => {
    if (server.asked.length > 1) response.writeHead(200).end();
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const met = sensor("met", { watch: untilResource(server.url, { everySeconds: 1 }), timeoutSeconds: 1 });
  const { runId } = await host.request(aPipeline([met]));
  expect((await host.ended(runId)).state).toBe("completed");
  expect(server.asked.length).toBeGreaterThan(1);
});

test("a private address is refused with the cure, by name and after a redirection too", async () => {
  await using secret = await aWebServer((_, response) => response.writeHead(200).end());
  await using door = await aWebServer((_, response) => response.writeHead(302, { location: secret.url }).end());
  await using host = await aHost({}, { waits: { privateHosts: [door.host] } });
  await host.startWorker();
  const port = secret.host.split(":")[1];
  for (const url of [secret.url, `http://localhost:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`, door.url]) {
    const { runId } = await host.request(aPipeline([sensor("met", { watch: untilResource(url) })]));
    const { state, reason } = await host.ended(runId);
    expect(state).toBe("failed");
    expect(reason).toContain("waits.privateHosts");
  }
  expect(secret.asked).toEqual([]);
});

test("a sensor of files waits until they have stopped growing, and brings them", async () => {
  await using host = await aHost();
  await host.startWorker();
  const folder = join(host.config.homePath, "incoming", "wrf");
  await mkdir(folder, { recursive: true });
  const watch = untilFiles(`${folder}/*/wrf_*.nc`, { leastFiles: 2, stableSeconds: 1, everySeconds: 1, take: true });
  const { runId } = await host.request(aPipeline([sensor("met", { watch }), copy("met")]));
  await waiting(host, runId);
  await mkdir(join(folder, "a"));
  await writeFile(join(folder, "a", "wrf_1.nc"), "1");
  await writeFile(join(folder, "a", "wrf_2.nc.part"), "half");
  await writeFile(join(folder, "a", "other.txt"), "no");
  await rename(join(folder, "a", "wrf_2.nc.part"), join(folder, "a", "wrf_2.nc"));
  const view = await host.ended(runId);
  expect(view.artifacts.map(({ path }) => path)).toEqual([
    "files/a/wrf_1.nc",
    "files/a/wrf_2.nc",
    "record.json",
    "seen.txt",
  ]);
  expect(await recordIn(host, view)).toMatchObject({ count: 2, sizeBytes: 5, path: `${folder}/a/wrf_1.nc` });
});

test("a sensor of files outside the allowed folders is refused", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline([sensor("met", { watch: untilFiles("/etc/pass*") })]));
  expect((await host.ended(runId)).reason).toContain("waits.roots");
});

test("a cancelled run leaves nothing that is looked at again", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline([sensor("later", { watch: untilTime("2999-01-01T00:00:00Z") })]));
  await waiting(host, runId);
  await cancelRun(host.ctx, { runId, reason: "enough" });
  expect((await host.ended(runId)).tasks[0]).toMatchObject({ state: "cancelled" });
  await host.ctx.db.transaction(async (tx) => {
    await tx
      .update(wait)
      .set({ dueAt: new Date() })
      .where(eq(wait.runId, asId<RunId>(runId)));
    await enqueue(tx, "watch");
  });
  await until("the row rests", async () => ((await host.ctx.db.select().from(wait))[0]?.dueAt === null ? true : null));
});
