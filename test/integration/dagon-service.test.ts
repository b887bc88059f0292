import { once } from "node:events";
import { request as ask } from "node:http";
import { expect, inject, test } from "vitest";
import { dagonToken, externalEvent, externalTask } from "@/drizzle/schema/external";
import { audit } from "@/drizzle/schema/portal";
import { asId, type UserId } from "@/lib/ids";
import { createDagonToken } from "@/server/services/external/create-dagon-token";
import { deleteExternalRun } from "@/server/services/external/delete-external-run";
import { getExternalRun } from "@/server/services/external/get-external-run";
import { listExternalRuns } from "@/server/services/external/list-external-runs";
import { takeTurn } from "@/server/services/external/rate-limit";
import { hashSecret } from "@/server/services/external/reporter";
import { revokeDagonToken } from "@/server/services/external/revoke-dagon-token";
import { aDagonService, type DagonService } from "@/test/fixtures/a-dagon-service";
import { runAsAdmin } from "@/test/fixtures/run-as-admin";
import { until } from "@/test/fixtures/until";

const task = (name: string, fields: object = {}) => ({
  ...{
    name,
    status: "READY",
    working_dir: null,
    nexts: [],
    prevs: [],
    command: `echo ${name}`,
    type: "batch",
    ...fields,
  },
});

/** What `requests` does in DAGonStar's client: paste the names into the address. */
const call = async (service: DagonService, method: string, path: string, json?: object) => {
  const { origin, pathname } = new URL(service.route);
  // Not `fetch`, which encodes what it finds in an address.
  const request = ask(origin, { method, path: `${pathname}${path}` });
  request.end(json === undefined ? undefined : JSON.stringify(json));
  const [answer] = await once(request, "response");
  const text: string = (await answer.toArray()).join("");
  return {
    status: Number(answer.statusCode),
    text,
    json: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : null,
  };
};

const created = async (service: DagonService, name: string, tasks: object = {}): Promise<string> => {
  const { status, json } = await call(service, "POST", "/create", { id: 0, name, host: "login01", tasks });
  expect(status).toBe(201);
  return json.id;
};

test("a script that registers, reports and ends is seen with its tasks, states and history", async () => {
  await using service = await aDagonService();
  expect((await call(service, "HEAD", "/check")).status).toBe(200);
  expect((await call(service, "GET", "/check")).json).toEqual({ status: "ok" });
  const id = await created(service, "forecast 2026-07-01");
  expect(id).toMatch(/^\w+$/);
  for (const name of ["WPS", "WRF"])
    expect((await call(service, "POST", `/add_task/${id}`, task(name))).status).toBe(201);
  expect((await call(service, "PUT", `/${id}/WRF/dependency/WPS`)).status).toBe(200);
  expect((await call(service, "PUT", `/${id}/WRF/dependency/WPS`)).status).toBe(200);
  expect((await call(service, "PUT", `/update/${id}/WPS/working_dir?value=/scratch/a&b+c/100%/d%20e`)).status).toBe(
    200,
  );
  for (const [name, status] of [
    ["WPS", "RUNNING"],
    ["WRF", "WAITING"],
    ["WPS", "FINISHED"],
  ])
    expect((await call(service, "PUT", `/changestatus/${id}/${name}/${status}`)).status).toBe(200);
  expect((await call(service, "GET", "/getworkflow/forecast%202026-07-01")).text).toBe(id);
  const { json: one } = await call(service, "GET", `/${id}/WPS`);
  expect(one).toMatchObject({
    host: "login01",
    task: { status: "FINISHED", nexts: ["WRF"], working_dir: "/scratch/a&b+c/100%/d e" },
  });
  expect(one.task.history.map(({ status }: { status: string }) => status)).toEqual(["RUNNING", "FINISHED"]);
  expect((await call(service, "GET", `/${id}`)).json).toMatchObject({
    id,
    tasks: { WRF: { prevs: ["WPS"], type: "batch" } },
  });
  expect((await call(service, "GET", "/list")).json).toHaveLength(1);
  const [seen] = await listExternalRuns(service.host.ctx, { limit: 10 });
  expect(seen).toMatchObject({ id, reporter: "cluster", state: "running", tasksTotal: 2, tasksDone: 1 });
  const view = await getExternalRun(service.host.ctx, id);
  expect(view.tasks).toMatchObject([
    { name: "WPS", state: "completed" },
    { name: "WRF", state: "waiting", prevs: ["WPS"] },
  ]);
  expect(view.history[0]).toMatchObject({ task: "WPS", kind: "status", text: "FINISHED" });
});

test("a name that exists is refused and the first run keeps all that it had", async () => {
  await using service = await aDagonService();
  const id = await created(service, "daily", { A: task("A") });
  expect((await call(service, "POST", "/create", { name: "daily", tasks: {} })).status).toBe(409);
  expect((await call(service, "GET", `/${id}`)).json.tasks).toHaveProperty("A");
  expect((await call(service, "GET", `/delete/${id}`)).status).toBe(405);
  expect((await call(service, "DELETE", `/${id}`)).status).toBe(405);
});

test("a reported run is deleted by an operator alone, and its name is free again", async () => {
  await using service = await aDagonService();
  const id = await created(service, "daily", { A: task("A") });
  const as = (role: "requester" | "operator") => ({
    ...service.host.ctx,
    actor: { kind: "user", userId: asId<UserId>("u"), role, organisationId: null } as const,
  });
  await expect(deleteExternalRun(as("requester"), { id, reason: "old" })).rejects.toThrow("not-permitted");
  await deleteExternalRun(as("operator"), { id, reason: "old" });
  expect(await service.host.ctx.db.select().from(externalTask)).toEqual([]);
  expect(await created(service, "daily")).not.toBe(id);
  const rows = await service.host.ctx.db.select().from(audit);
  expect(rows.find(({ verb }) => verb === "delete a reported run")).toMatchObject({ subject: id, reason: "old" });
});

test("a revoked token is refused, and one token never sees the runs of another", async () => {
  await using service = await aDagonService();
  const second = await createDagonToken(service.host.ctx, { label: "second" });
  const other = { ...service, route: service.route.replace(/[^/]+$/, second.secret) };
  const id = await created(service, "mine");
  const foreign = { ...service, route: service.route.replace(/[^/]+$/, "0".repeat(48)) };
  expect((await call(foreign, "PUT", `/changestatus/${id}/A/RUNNING`)).status).toBe(401);
  expect((await call(other, "GET", `/${id}`)).status).toBe(404);
  await revokeDagonToken(service.host.ctx, { id: service.tokenId });
  expect((await call(service, "GET", `/${id}`)).status).toBe(401);
  const rows = await service.host.ctx.db.select().from(dagonToken);
  expect(JSON.stringify(rows)).not.toContain(service.route.split("/").at(-1));
  const verbs = (await service.host.ctx.db.select().from(audit)).map(({ verb }) => verb);
  expect(verbs).toEqual([
    "create a reporting token",
    "create a reporting token",
    "report a run",
    "revoke a reporting token",
  ]);
});

test("a status of a task that nobody told of is noted, and a wrong one names the nearest", async () => {
  await using service = await aDagonService();
  const id = await created(service, "x");
  expect((await call(service, "PUT", `/changestatus/${id}/a/b%20c/running`)).status).toBe(200);
  expect((await call(service, "GET", `/${id}`)).json.tasks).toMatchObject({ "a/b c": { status: "RUNNING" } });
  const wrong = await call(service, "PUT", `/changestatus/${id}/A/FINISHD`);
  expect(wrong).toMatchObject({ status: 400, json: { message: expect.stringContaining("Did you mean “FINISHED”?") } });
  expect((await call(service, "PUT", "/changestatus/w0/A/RUNNING")).status).toBe(404);
});

test.each([
  ["no JSON", "/create", "{", 400],
  ["no name", "/create", "{}", 400],
  ["a NUL", "/create", '{"name": "a\\u0000"}', 400],
  ["tasks that are none", "/create", '{"name": "a", "tasks": {"A": 1}}', 400],
  ["a name without end", "/create", JSON.stringify({ name: "n".repeat(5000) }), 400],
  ["no such call", "/fly", "{}", 404],
])("a body with %s is refused with a message and never with a server error", async (_name, path, body, status) => {
  await using service = await aDagonService();
  const answer = await fetch(`${service.route}${path}`, { method: "POST", body });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ status: "error", message: expect.any(String) });
});

test("an invented token that has told too much is refused, and nothing of it is kept", async () => {
  await using service = await aDagonService();
  const id = await created(service, "x");
  const secret = "1".repeat(48);
  while (takeTurn(hashSecret(secret), Date.now()) !== null);
  const foreign = { ...service, route: service.route.replace(/[^/]+$/, secret) };
  expect((await call(foreign, "PUT", `/changestatus/${id}/A/RUNNING`)).status).toBe(401);
});

test("a run of 20,000 tasks is noted and told again, and one of too many edges is refused", async () => {
  await using service = await aDagonService();
  const names = Array.from({ length: 20_000 }, (_, index) => `t${index}`);
  const tasks = names.map((name, index) => ({ name, prevs: index === 0 ? [] : [`t${index - 1}`] }));
  const id = await created(service, "long chain", tasks);
  const { json } = await call(service, "GET", `/${id}`);
  expect(Object.keys(json.tasks)).toEqual(names);
  expect(json.tasks.t9999).toMatchObject({ prevs: ["t9998"], nexts: ["t10000"] });
  const view = await getExternalRun(service.host.ctx, id);
  expect(view.tasks[19_999]).toMatchObject({ name: "t19999", prevs: ["t19998"] });
  const wide = names.slice(0, 500).map((name) => ({ name, prevs: names.slice(0, 401) }));
  const refused = await call(service, "POST", "/create", { name: "wide", tasks: wide });
  expect(refused).toMatchObject({
    status: 400,
    json: { message: "The report cannot be read: it has 200500 edges; the limit is 200000." },
  });
});

test("fifty reports at once about one task all stand in its history, and no field is lost", async () => {
  await using service = await aDagonService();
  const id = await created(service, "x", { A: task("A") });
  const reports = Array.from({ length: 50 }, (_, index) =>
    index % 2 === 0 ? `/update/${id}/A/field${index}?value=${index}` : `/changestatus/${id}/A/RUNNING`,
  );
  const answers = await Promise.all(reports.map((path) => call(service, "PUT", path)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const [row] = await service.host.ctx.db.select().from(externalTask);
  expect(Object.keys(row?.fields ?? {}).filter((name) => name.startsWith("field"))).toHaveLength(25);
  const events = await service.host.ctx.db.select().from(externalEvent);
  expect(events.filter(({ kind }) => kind === "status")).toHaveLength(25);
});

test("reports while the database is away are accepted, and written in order once it is back", async () => {
  await using service = await aDagonService();
  const id = await created(service, "x", { A: task("A") });
  const { adminUrl } = inject("database");
  const name = new URL(service.host.config.databaseUrl ?? "").pathname.slice(1);
  await runAsAdmin(adminUrl, `alter database ${name} allow_connections false`);
  await runAsAdmin(adminUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  for (const status of ["RUNNING", "FINISHED"])
    expect((await call(service, "PUT", `/changestatus/${id}/A/${status}`)).status).toBe(200);
  await runAsAdmin(adminUrl, `alter database ${name} allow_connections true`);
  const view = await until("the reports are written", async () => {
    const run = await getExternalRun(service.host.ctx, id);
    return run.state === "completed" ? run : null;
  });
  expect(view.history.slice(0, 2).map(({ text }) => text)).toEqual(["FINISHED", "RUNNING"]);
});

test("commands, folders and hosts are for those who may read logs", async () => {
  await using service = await aDagonService();
  const id = await created(service, "x", { A: task("A", { working_dir: "/secret" }) });
  const anonymous = { ...service.host.ctx, actor: { kind: "anonymous" } as const };
  expect(JSON.stringify(await getExternalRun(anonymous, id))).not.toMatch(/secret|login01|echo/);
  const reader = { kind: "user", userId: asId<UserId>("u"), role: "requester", organisationId: null } as const;
  expect(JSON.stringify(await getExternalRun({ ...service.host.ctx, actor: reader }, id))).toContain("/secret");
});
