import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errors } from "@/lib/messages/en/errors";
import { renderSentence } from "@/lib/messages/render-sentence";
import type { HttpJob, SocketJob, WebJob } from "@/lib/web/web-job";
import type { JobRequest } from "@/server/executors/runner";
import { webRunner } from "@/server/executors/web/web-runner";
import { askServer } from "@/server/storage/ask-server";
import { openSocket } from "@/server/storage/open-socket";
import { aFolder } from "@/test/fixtures/a-folder";
import { aSocketServer } from "@/test/fixtures/a-socket-server";
import { aWebServer } from "@/test/fixtures/a-web-server";
import { ended } from "@/test/fixtures/runner-contract";
import { until } from "@/test/fixtures/until";

const privateHosts = ["127.0.0.1"];
const runner = webRunner({
  ask: (url, question) => askServer(url, { ...question, privateHosts }),
  open: (url, wish) => openSocket(url, { ...wish, privateHosts }),
});

const plain = { node: "ask", headers: {}, secretHeaders: {}, hidden: [], repeatable: true };
const anHttp = (url: string, more: Partial<HttpJob> = {}): HttpJob => ({
  ...{ ...plain, kind: "http", url, method: "GET", body: null, resend: { count: 2, delaySeconds: 0.01 } },
  answer: { statuses: [], mostBytes: 1000, save: "body.txt", fields: {}, headers: ["ETag"] },
  ...more,
});
const aSocket = (url: string, more: Partial<SocketJob> = {}): SocketJob => ({
  ...{ ...plain, kind: "websocket", url, protocols: [], messages: [], resend: { count: 2, delaySeconds: 0.01 } },
  listen: { count: 2, until: null, seconds: 5, atDeadline: "fail", mostBytes: 1000, save: "messages.jsonl" },
  ...more,
});
const aJob = (scratch: string, web: WebJob, more: Partial<JobRequest> = {}): JobRequest => ({
  ...{ token: randomUUID(), scratch, cpus: 1, memoryMb: 64, timeoutSeconds: 30, environment: {}, web },
  ...more,
});
const run = async (scratch: string, web: WebJob, more: Partial<JobRequest> = {}) =>
  ended(runner, await runner.submit(aJob(scratch, web, more)));
/** The folder of a claim in the turn of the event loop in which it is made: whoever made it has not gone on. */
async function claimOf({ scratch, token }: JobRequest): Promise<string> {
  const claim = join(scratch, `.claim-${token}`);
  while (!existsSync(claim)) await new Promise(setImmediate);
  return claim;
}
const read = (scratch: string, name: string) => readFile(join(scratch, name), "utf8");

test("a request keeps body, chosen headers and fields, and its log names no more than the request line", async () => {
  await using server = await aWebServer((_, response) =>
    response.writeHead(200, { etag: '"v1"', "content-type": "application/json" }).end('{"job":{"id":7,"tags":["a"]}}'),
  );
  await using folder = await aFolder();
  const answer = { ...anHttp("").answer, save: "deep/body.json", fields: { id: "/job/id", tag: "/job/tags/0" } };
  const sentinel = await run(folder.path, anHttp(`${server.url}/jobs?lat=1`, { answer }));
  expect(sentinel).toMatchObject({ exitCode: 0, signal: null, timedOut: false });
  expect(await read(folder.path, "out/deep/body.json")).toBe('{"job":{"id":7,"tags":["a"]}}');
  expect(JSON.parse(await read(folder.path, "out/record.json"))).toMatchObject({
    ...{ method: "GET", status: 200, sizeBytes: 29, tries: 1 },
    ...{ headers: { etag: '"v1"' }, fields: { id: 7, tag: "a" } },
  });
  const [first = ""] = (await read(folder.path, "out/.manifest.jsonl")).split("\n");
  expect(JSON.parse(first)).toMatchObject({ path: "record.json", metadata: { status: 200, id: 7, etag: '"v1"' } });
  expect(await read(folder.path, "stdout")).toMatch(/^GET http:\S+\/jobs\?lat=1 -> 200, 29 bytes, \d+ ms\n$/);
});

test.each([
  ["503 and a cut line are tried again", [503, "cut", 200], 3, { exitCode: 0 }],
  ["429 is tried again after the time that it names", [429, 200], 2, { exitCode: 0 }],
  ["a server that stays busy fails the task", [500, 500, 500], 3, { exitCode: 75 }],
  ["404 is clear and not asked again", [404, 200], 1, { exitCode: 22 }],
])("%s", async (_, answers, asked, sentinel) => {
  await using server = await aWebServer((_, response) => {
    const answer = answers[server.asked.length - 1];
    if (answer === "cut") response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
    else response.writeHead(Number(answer), answer === 429 ? { "retry-after": "0" } : {}).end("said");
  });
  await using folder = await aFolder();
  expect(await run(folder.path, anHttp(server.url))).toMatchObject(sentinel);
  expect(server.asked).toHaveLength(asked);
});

test.each([
  ["a lost answer is not asked for again without a key", "cut", { exitCode: 75, isFinal: true }],
  ["429 is asked again, since nothing was done", 429, { exitCode: 0 }],
])("%s", async (_, first, sentinel) => {
  await using server = await aWebServer((request, response) => {
    request.resume();
    if (server.asked.length > 1) response.end("done");
    else if (first === "cut") response.destroy();
    else response.writeHead(429, { "retry-after": "0" }).end();
  });
  await using folder = await aFolder();
  const web = anHttp(server.url, { method: "POST", body: { text: "{}" }, repeatable: false });
  expect(await run(folder.path, web)).toMatchObject(sentinel);
  expect(server.asked).toHaveLength(first === "cut" ? 1 : 2);
  if (first === "cut") expect(await read(folder.path, "stderr")).toContain('"code":"web-outcome-unknown"');
});

test("a private address is refused, by number and by redirection", async () => {
  const strict = webRunner({
    ask: (url, question) => askServer(url, { ...question, privateHosts: [] }),
    open: (url, wish) => openSocket(url, { ...wish, privateHosts: [] }),
  });
  for (const web of [anHttp("http://127.0.0.1:9/"), aSocket("ws://127.0.0.1:9/"), aSocket("ws://localhost:9/")]) {
    await using folder = await aFolder();
    expect(await ended(strict, await strict.submit(aJob(folder.path, web)))).toMatchObject({ exitCode: 22 });
    expect(await read(folder.path, "stderr")).toContain("is a private address");
  }
});

test("a body above the limit, a missing field and a body that is no JSON fail with their sentence", async () => {
  await using server = await aWebServer((request, response) =>
    response.end(request.url === "/large" ? "x".repeat(1001) : request.url === "/text" ? "no json" : "{}"),
  );
  for (const [path, code] of [
    ["large", "web-answer-too-large"],
    ["text", "web-answer-no-json"],
    ["json", "web-field-missing"],
  ]) {
    await using folder = await aFolder();
    const fields: Record<string, string> = path === "large" ? {} : { id: "/id" };
    const answer = { ...anHttp("").answer, fields };
    expect(await run(folder.path, anHttp(`${server.url}/${path}`, { answer }))).toMatchObject({ exitCode: 65 });
    expect(await read(folder.path, "stderr")).toContain(`"code":"${code}"`);
  }
});

test.each([
  ["HEAD", 200],
  ["GET", 304],
])("a size that is announced for no body is none: %s, %i", async (method, status) => {
  await using server = await aWebServer((_, response) => response.writeHead(status, { "content-length": 1234 }).end());
  await using folder = await aFolder();
  const answer = { ...anHttp("").answer, statuses: [status], save: null };
  const web = anHttp(server.url, { method: method as HttpJob["method"], answer });
  expect(await run(folder.path, web)).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(await read(folder.path, "out/record.json"))).toMatchObject({ sizeBytes: 0, tries: 1 });
});

test("what is hidden goes to the server and stands in no file, even when it is sent back", async () => {
  await using server = await aWebServer((request, response) => {
    const told = request.headers.authorization ?? "";
    response.writeHead(request.url === "/bad" ? 403 : 200, { etag: told }).end(JSON.stringify({ told }));
  });
  const secret = { secretHeaders: { authorization: "Bearer s3cret" }, hidden: ["s3cret"] };
  for (const path of ["good", "bad"]) {
    await using folder = await aFolder();
    const answer = { ...anHttp("").answer, save: null, fields: { told: "/told" } };
    await run(folder.path, anHttp(`${server.url}/${path}`, { ...secret, answer }));
    const names = path === "good" ? ["stdout", "out/record.json", "out/.manifest.jsonl"] : ["stdout", "stderr"];
    for (const name of names) expect(await read(folder.path, name)).not.toContain("s3cret");
  }
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer s3cret", "Bearer s3cret"]);
});

test.each([
  ["where a sentence is cut", (told: string) => `${"x".repeat(290)}${told}`],
  ["where reading ends", (told: string) => `${" ".repeat(1195)}${told}${"y".repeat(9000)}`],
])("a secret that is sent back %s is shown in no part", async (_, answer) => {
  await using server = await aWebServer((request, response) => {
    const text = answer(request.headers.authorization ?? "");
    response.writeHead(403).write(text.slice(0, 1210));
    // More does not come before it is read to here.
    if (text.length <= 1210) response.end();
  });
  await using folder = await aFolder();
  const hidden = ["s3cret-of-a-server", "Bearer s3cret-of-a-server"];
  await run(folder.path, anHttp(server.url, { secretHeaders: { authorization: hidden[1] ?? "" }, hidden }));
  for (const name of ["stdout", "stderr"]) expect(await read(folder.path, name)).not.toMatch(/Bear|s3c/);
});

test("two submits with one token ask once, and the token is found from its folder alone", async () => {
  await using server = await aWebServer((_, response) => void setTimeout(() => response.end("done"), 100));
  await using folder = await aFolder();
  const job = aJob(folder.path, anHttp(server.url));
  expect(await runner.findByToken([job])).toEqual([null]);
  const handles = await Promise.all([runner.submit(job), runner.submit(job)]);
  for (const handle of handles) await ended(runner, handle);
  await ended(runner, await runner.submit(job));
  expect(server.asked).toHaveLength(1);
  expect(await runner.findByToken([job, { ...job, token: randomUUID() }])).toEqual([handles[0], null]);
});

test("the time limit and a cancel end what waits for an answer; a cancelled token never starts", async () => {
  await using server = await aWebServer(() => undefined);
  await using late = await aFolder();
  expect(await run(late.path, anHttp(server.url), { timeoutSeconds: 0.2 })).toMatchObject({ timedOut: true });
  await using folder = await aFolder();
  const handle = await runner.submit(aJob(folder.path, anHttp(server.url)));
  await until("it asks", () => (server.asked.length === 2 ? true : null));
  await runner.cancel(handle, 5);
  expect(await ended(runner, handle)).toMatchObject({ exitCode: 143, signal: "SIGTERM" });
  await runner.cancel(handle, 5);
  await using fresh = await aFolder();
  const never = aJob(fresh.path, anHttp(server.url));
  await runner.cancel({ ...never, jobId: "" }, 1);
  await runner.submit(never);
  expect(await runner.poll([{ ...never, jobId: "web" }])).toEqual([{ state: "missing" }]);
  expect(server.asked).toHaveLength(2);
});

test("a cancel gives what must not be asked twice the time to be answered", async () => {
  await using server = await aWebServer((_, response) => void setTimeout(() => response.end("done"), 200));
  await using folder = await aFolder();
  const web = anHttp(server.url, { method: "POST", repeatable: false });
  const handle = await runner.submit(aJob(folder.path, web));
  await until("it asks", () => (server.asked.length === 1 ? true : null));
  await runner.cancel(handle, 10);
  expect(await ended(runner, handle)).toMatchObject({ exitCode: 0, isFinal: true });
});

test.each(["POST", "GET"] as const)(
  "a cancel that comes while a %s is taken on keeps it from being asked",
  async (method) => {
    await using server = await aWebServer((_, response) => void response.end("done"));
    await using folder = await aFolder();
    const job = aJob(folder.path, anHttp(server.url, { method, repeatable: method === "GET" }));
    const submitted = runner.submit(job);
    await claimOf(job);
    await runner.cancel({ ...job, jobId: "web" }, 10);
    expect(await ended(runner, await submitted)).toMatchObject({ exitCode: 143, signal: "SIGTERM" });
    expect(server.asked).toHaveLength(0);
  },
);

test("a cancel that another worker wishes before the job is signed is found by the job", async () => {
  await using server = await aWebServer((_, response) => void response.end("done"));
  await using folder = await aFolder();
  const job = aJob(folder.path, anHttp(server.url));
  const submitted = runner.submit(job);
  writeFileSync(join(await claimOf(job), "cancel"), "");
  expect(await ended(runner, await submitted)).toMatchObject({ exitCode: 143 });
  expect(server.asked).toHaveLength(0);
});

test("time that runs out over what must not be asked twice is no wish for more time", async () => {
  await using server = await aWebServer((request) => void request.resume());
  await using folder = await aFolder();
  const web = anHttp(server.url, { method: "POST", repeatable: false });
  const sentinel = await run(folder.path, web, { timeoutSeconds: 0.2 });
  expect(sentinel).toMatchObject({ exitCode: 75, timedOut: false, isFinal: true });
  expect(await read(folder.path, "stderr")).toContain("web-outcome-unknown");
});

test("what a dead worker left is missing, unless it could have been done: then it ends as unknown", async () => {
  await using folder = await aFolder();
  const job = { token: randomUUID(), scratch: folder.path, jobId: "web" };
  const claim = join(folder.path, `.claim-${job.token}`);
  await mkdir(claim);
  await writeFile(join(claim, "worker"), "1 1 another-boot");
  expect(await runner.findByToken([job])).toEqual([job]);
  expect(await runner.poll([job])).toEqual([{ state: "missing" }]);
  await writeFile(join(claim, "asked"), "");
  expect(await ended(runner, job)).toMatchObject({ exitCode: 75, isFinal: true });
  expect(await read(folder.path, "stderr")).toContain("web-outcome-unknown");
});

test("a websocket is listened to until enough has come, each message one line", async () => {
  await using server = await aSocketServer((socket) => {
    socket.on("message", (topic) => {
      socket.send(`{"topic": "${topic}",\n"size": 12345678901234567890}`);
      socket.send("plain\ntext");
      socket.send(Buffer.from([1, 2, 3]));
    });
  });
  await using folder = await aFolder();
  const listen = { ...aSocket("").listen, count: 3 } as SocketJob["listen"];
  expect(await run(folder.path, aSocket(server.url, { messages: ["waves"], listen }))).toMatchObject({ exitCode: 0 });
  const lines = (await read(folder.path, "out/messages.jsonl")).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/"at":"[^"]+",/, ""))).toEqual([
    '{"json":{"topic": "waves", "size": 12345678901234567890}}',
    '{"text":"plain\\ntext"}',
    '{"base64":"AQID"}',
  ]);
  expect(JSON.parse(await read(folder.path, "out/record.json"))).toMatchObject({ sent: 1, messages: 3, end: "count" });
});

test("listening ends at a message that matches, at the end of its time, and with its server", async () => {
  const listenFor = (more: Partial<NonNullable<SocketJob["listen"]>>) =>
    ({ ...aSocket("").listen, count: null, ...more }) as SocketJob["listen"];
  const cases = [
    [listenFor({ until: [{ field: "state", operator: "eq", value: "done" }] }), 0, "match"],
    [listenFor({ until: [{ field: "/job/state", operator: "eq", value: "never" }], seconds: 0.3 }), 75, null],
    [listenFor({ seconds: 0.3, atDeadline: "end" }), 0, "deadline"],
  ] as const;
  await using server = await aSocketServer((socket) => {
    socket.send('{"state":"busy"}');
    socket.send('{"state":"done"}');
  });
  for (const [listen, exitCode, end] of cases) {
    await using folder = await aFolder();
    expect(await run(folder.path, aSocket(server.url, { listen }))).toMatchObject({ exitCode });
    if (end === null) expect(await read(folder.path, "stderr")).toContain('"code":"socket-silent"');
    else expect(JSON.parse(await read(folder.path, "out/record.json"))).toMatchObject({ end, messages: 2 });
  }
});

test("a broken websocket is opened again and what was heard is kept", async () => {
  await using server = await aSocketServer((socket) => {
    socket.send(`part ${server.met.length}`, () => server.met.length === 1 && socket.terminate());
  });
  await using folder = await aFolder();
  expect(await run(folder.path, aSocket(server.url))).toMatchObject({ exitCode: 0 });
  expect(await read(folder.path, "out/messages.jsonl")).toMatch(/part 1.*\n.*part 2/);
});

test("a message above 16 MiB is refused though more may be heard in all, and not waited for again", async () => {
  await using server = await aSocketServer((socket) => socket.send("x".repeat(16 * 1024 ** 2 + 1)));
  await using folder = await aFolder();
  const listen = { ...aSocket("").listen, mostBytes: 256 * 1024 ** 2 } as SocketJob["listen"];
  expect(await run(folder.path, aSocket(server.url, { listen }))).toMatchObject({ exitCode: 22 });
  expect(server.met).toHaveLength(1);
  expect(server.met[0]?.headers["sec-websocket-extensions"]).toBeUndefined();
  const [, said = ""] = (await read(folder.path, "stderr")).split("nereus-error ");
  const { code, fields } = JSON.parse(said);
  expect(renderSentence(errors[code as keyof typeof errors], fields)).toBe(
    `${server.url}/ sent a message of more than 16777216 bytes, the most that one may have. Ask for smaller messages.`,
  );
});

test("publishing waits for the acknowledgement, and is not repeated when the line breaks before it", async () => {
  const got: string[] = [];
  await using server = await aSocketServer((socket) =>
    socket.on("message", (message) => {
      got.push(String(message));
      if (got.length === 2) socket.send('{"ack":true}');
      if (got.length === 3) socket.terminate();
    }),
  );
  const until = [{ field: "ack", operator: "eq", value: true }] as const;
  const listen = { ...aSocket("").listen, count: null, until } as SocketJob["listen"];
  const publish = aSocket(server.url, { messages: ["a", "b"], listen, repeatable: false });
  await using folder = await aFolder();
  expect(await run(folder.path, publish)).toMatchObject({ exitCode: 0, isFinal: true });
  await using other = await aFolder();
  expect(await run(other.path, publish)).toMatchObject({ exitCode: 75, isFinal: true });
  expect(await read(other.path, "stderr")).toContain("web-outcome-unknown");
  expect(got.slice(0, 3)).toEqual(["a", "b", "a"]);
});
