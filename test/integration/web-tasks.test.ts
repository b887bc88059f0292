import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { command, expression, fieldOf, literal, ref, run } from "@/lib/pipeline/define-pipeline";
import { http, publish, subscribe } from "@/lib/pipeline/define-web";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { operateRun } from "@/server/services/runs/operate-run";
import { readLog } from "@/server/services/runs/read-log";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { aSocketServer } from "@/test/fixtures/a-socket-server";
import { aWebServer } from "@/test/fixtures/a-web-server";
import { until } from "@/test/fixtures/until";

const value = "s3cret-of-the-host";
afterEach(() => vi.unstubAllEnvs());

/** Files below the home of a host, and tables of its database, that hold a text. */
async function placesOf(host: Host, text: string): Promise<readonly string[]> {
  const files = readdirSync(host.config.homePath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), "latin1").includes(text))
    .map(({ name }) => name);
  const named = sql`select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const tables: string[] = [];
  for (const { name } of (await host.ctx.db.execute<{ name: string }>(named)).rows) {
    const rows = await host.ctx.db.execute(sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${text}%`}`);
    if (rows.rows.length > 0) tables.push(name);
  }
  return [...files, ...tables];
}

test("a request is made of bindings, and what it answered reaches the next step", async () => {
  const bodies: string[] = [];
  await using server = await aWebServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    bodies.push(body);
    response.writeHead(201, { "content-type": "text/csv; charset=utf-8", location: "/jobs/7" }).end("a,b\n1,2\n");
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const nodes = [
    command("make", { command: `echo '{"path":"x.nc","metadata":{"hour":2}}' > .manifest.jsonl; echo > x.nc` }),
    http("ask", {
      ...{ url: `${server.url}/{make.file_name | join}`, method: "POST", save: "table.csv", keepHeaders: ["Location"] },
      inputs: { file: ref("workflow:///make/x.nc") },
      query: { hour: fieldOf("make", "hour") },
      body: { kind: "json", fields: { run: run("id"), text: expression("{make.hour | join} h"), list: literal([1]) } },
    }),
    command("read", {
      inputs: { table: ref("workflow:///ask/*.csv"), record: ref("workflow:///ask/record.json") },
      environment: { PLACE: fieldOf("ask", "location"), STATUS: fieldOf("ask", "status") },
      command: 'echo "$PLACE $STATUS" > got; cat workflow:///ask/*.csv >> got',
      outputs: [{ pattern: "got", commit: "on-exit", required: true }],
    }),
  ];
  const { runId } = await host.request(aPipeline(nodes));
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  expect(server.asked.map(({ url }) => url)).toEqual(["/x.nc?hour=2"]);
  expect(JSON.parse(bodies[0] ?? "")).toEqual({ list: [1], run: runId, text: "2 h" });
  const attempts = await host.ctx.db.query.attempt.findMany();
  const taskId = view.tasks.find(({ nodeId }) => nodeId === "read")?.id;
  const scratch = attempts.find((attempt) => attempt.taskId === taskId)?.scratch ?? "";
  expect(readFileSync(join(scratch, "out/got"), "utf8")).toBe("/jobs/7 201\na,b\n1,2\n");
  const ask = view.tasks.find(({ nodeId }) => nodeId === "ask")?.id;
  const attemptId = attempts.find((attempt) => attempt.taskId === ask)?.id ?? "";
  expect((await readLog(host.ctx, { attemptId, stream: "stdout", offset: 0 })).text).toMatch(
    /POST http:[^ ]+ -> 201, 8 bytes/,
  );
});

test("a secret goes to the server and to no file and no row, even when the server says it again", async () => {
  vi.stubEnv("A_TEST_TOKEN", value);
  await using server = await aWebServer((request, response) =>
    response.writeHead(request.url === "/bad" ? 401 : 200).end(JSON.stringify({ you: request.headers.authorization })),
  );
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  Object.assign(host.config, { secrets: ["A_TEST_TOKEN"] });
  await host.startWorker();
  const use = (path: string, secret: string) =>
    aPipeline([
      http("ask", { url: `${server.url}${path}`, auth: { kind: "bearer", secret }, fields: { you: "/you" } }),
    ]);
  const good = await host.ended((await host.request(use("/good", "A_TEST_TOKEN"))).runId);
  expect([good.state, good.reason]).toEqual(["completed", null]);
  const bad = await host.ended((await host.request(use("/bad", "A_TEST_TOKEN"))).runId);
  expect([bad.state, bad.reason]).toEqual(["failed", expect.stringContaining("answered 401; expected was 200 to 299")]);
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${value}`, `Bearer ${value}`]);
  expect(await placesOf(host, value)).toEqual([]);
  const unknown = await host.ended((await host.request(use("/good", "DATABASE_URL"))).runId);
  expect(unknown.reason).toContain("the secret DATABASE_URL");
}, 60_000);

test("a request has one key until the server has clearly answered, and another after that", async () => {
  const answers = [500, 404, 200];
  await using server = await aWebServer((request, response) => {
    request.resume();
    response.writeHead(answers[server.asked.length - 1] ?? 200).end();
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const node = http("ask", { url: server.url, method: "POST", retries: 2, resend: { count: 0 } });
  const view = await host.ended((await host.request(aPipeline([node]))).runId);
  expect([view.state, view.tasks[0]?.attempts.length]).toEqual(["completed", 3]);
  const keys = server.asked.map(({ headers }) => String(headers["idempotency-key"]));
  expect(keys[0]).toMatch(/^nereus-.+-1$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).toBe(String(keys[0]).replace(/-1$/, "-2"));
});

test("what a server granted keeps its key though its answer was of no use; an operator's rerun has another", async () => {
  await using server = await aWebServer((request, response) => {
    request.resume();
    response.end(server.asked.length > 2 ? '{"id":7}' : "accepted");
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const { runId } = await host.request(
    aPipeline([http("order", { url: server.url, method: "POST", retries: 1, fields: { id: "/id" } })]),
  );
  const view = await host.ended(runId);
  expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("is no JSON")]);
  await operateRun(host.ctx, { runId, action: "rerun", reason: "the server was mended" });
  expect((await host.ended(runId)).state).toBe("completed");
  const [first, second, third, ...more] = server.asked.map(({ headers }) => headers["idempotency-key"]);
  expect([second, more]).toEqual([first, []]);
  expect(third).not.toBe(first);
});

test("no text of a server or job keeps its failure from being written down", async () => {
  await using server = await aWebServer((_, response) => response.writeHead(404).end(`${"x".repeat(299)}🌊 more`));
  await using sockets = await aSocketServer((socket) => socket.close(4000, "bad\0topic"));
  await using host = await aHost({}, { waits: { privateHosts: [server.host, sockets.host] } });
  await host.startWorker();
  const nodes = [
    http("cut", { url: server.url, allowFailure: true }),
    subscribe("closed", { url: sockets.url, seconds: 20, resend: { count: 0 }, allowFailure: true }),
    command("nul", { command: "printf 'bad\\0tail' >&2; exit 3", allowFailure: true }),
  ];
  const view = await host.ended((await host.request(aPipeline(nodes))).runId);
  const reasonOf = (id: string) => view.tasks.find(({ nodeId }) => nodeId === id)?.reason;
  expect(reasonOf("cut")).toMatch(/answered 404.* x{299}\ufffd$/);
  expect(reasonOf("closed")).toContain("code 4000 bad\ufffdtopic");
  expect(reasonOf("nul")).toContain("bad\ufffdtail");
});

test("messages are heard and published", async () => {
  const got: string[] = [];
  await using server = await aSocketServer((socket) =>
    socket.on("message", (message) => {
      got.push(String(message));
      socket.send(JSON.stringify({ topic: "waves", height: got.length }));
    }),
  );
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const nodes = [
    subscribe("hear", { url: server.url, seconds: 20, count: 1, send: [literal({ subscribe: "waves" })] }),
    command("count", {
      inputs: { heard: ref("workflow:///hear/messages.jsonl"), record: ref("workflow:///hear/record.json") },
      environment: { HEARD: fieldOf("hear", "messages") },
      command: 'grep -c waves "$NEREUS_IN_HEARD" > n; test "$HEARD" = 1',
    }),
    publish("tell", {
      ...{ url: server.url, after: ["count"], messages: [literal("done")] },
      acknowledgedBy: [{ field: "height", operator: "gte", value: 2 }],
    }),
  ];
  const view = await host.ended((await host.request(aPipeline(nodes))).runId);
  expect([view.state, view.reason]).toEqual(["completed", null]);
  expect(got).toEqual(['{"subscribe":"waves"}', "done"]);
});

test("when the worker is stopped, what may be asked again is, and what may not ends as unknown", async () => {
  await using server = await aWebServer((request, response) => {
    request.resume();
    if (request.method === "GET" && server.asked.filter(({ method }) => method === "GET").length > 1)
      response.end("yes");
  });
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  const worker = await host.startWorker();
  const again = await host.request(aPipeline([http("ask", { url: server.url })]));
  const once = await host.request(aPipeline([http("ask", { url: server.url, method: "POST", idempotencyKey: false })]));
  await until("both are asked", () => (server.asked.length === 2 ? true : null));
  await worker.stop();
  await host.startWorker();
  expect(await host.ended(again.runId)).toMatchObject({ state: "completed" });
  const view = await host.ended(once.runId);
  expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("It is not asked twice")]);
  expect(server.asked.map(({ method }) => method).sort()).toEqual(["GET", "GET", "POST"]);
}, 60_000);

test("a cancelled run lets its request go", async () => {
  let isGone = false;
  await using server = await aWebServer((request) =>
    request.on("close", () => {
      isGone = true;
    }),
  );
  await using host = await aHost({}, { waits: { privateHosts: [server.host] } });
  await host.startWorker();
  const { runId } = await host.request(aPipeline([http("ask", { url: server.url })]));
  await until("it is asked", () => (server.asked.length === 1 ? true : null));
  await cancelRun(host.ctx, { runId, reason: "test" });
  expect(await host.ended(runId)).toMatchObject({ state: "cancelled" });
  await until("the line is closed", () => (isGone ? true : null));
});
