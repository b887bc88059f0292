import { expect, test } from "vitest";
import { http } from "@/lib/pipeline/define-web";
import { getRun } from "@/server/services/runs/get-run";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { aWebServer } from "@/test/fixtures/a-web-server";
import { killWorker, spawnWorker } from "@/test/fixtures/spawn-worker";
import { until } from "@/test/fixtures/until";

test("a request whose worker is killed is asked again with the same key, and one without a key is not", async () => {
  let isSilent = true;
  await using server = await aWebServer((request, response) => {
    request.resume();
    if (!isSilent) response.end("done");
  });
  await using host = await aHost({}, { waits: { privateHosts: ["127.0.0.1"] } });
  const keyed = http("ask", { url: `${server.url}/keyed`, method: "POST", save: "answer.txt" });
  const plain = http("ask", { url: `${server.url}/plain`, method: "POST", idempotencyKey: false });
  const [safe, once] = [await host.request(aPipeline([keyed])), await host.request(aPipeline([plain]))];
  const worker = spawnWorker(host);
  await until(
    "both are asked and noted",
    async () => {
      const views = [await getRun(host.ctx, safe.runId), await getRun(host.ctx, once.runId)];
      return server.asked.length === 2 && views.every(({ tasks }) => tasks[0]?.state === "running") ? true : null;
    },
    40_000,
  );
  await killWorker(worker);
  isSilent = false;
  const second = spawnWorker(host);
  try {
    expect(await host.ended(safe.runId)).toMatchObject({ state: "completed" });
    const view = await host.ended(once.runId);
    expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("It is not asked twice")]);
  } finally {
    await killWorker(second);
  }
  expect(server.asked.map(({ url }) => url).sort()).toEqual(["/keyed", "/keyed", "/plain"]);
  const keys = server.asked.flatMap(({ url, headers }) => (url === "/keyed" ? [headers["idempotency-key"]] : []));
  expect(keys[0]).toBe(keys[1]);
}, 120_000);
