import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "@/lib/pipeline/define-pipeline";
import { getRun } from "@/server/services/runs/get-run";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { runCli } from "@/test/fixtures/run-cli";

let host: Host;
let runId: string;
beforeAll(async () => {
  host = await aHost();
  const nodes = [command("a", { command: "true" }), command("b", { command: "true", after: ["a"] })];
  runId = (await host.request(aPipeline(nodes))).runId;
});
afterAll(() => host[Symbol.asyncDispose]());

const nereus = (...args: string[]) =>
  runCli(args, { NEREUS_HOME: host.config.homePath, DATABASE_URL: host.config.databaseUrl ?? "" });

test("a preview tells what would happen, in the language that is asked for, and changes nothing", async () => {
  const { code, stdout } = await nereus("hold", runId, "--node", "a", "--preview", "--lang", "it");
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "Che cosa farebbe:\n  a: 1 sospesi\n  a: i nuovi compiti sono sospesi\n",
  });
  expect((await getRun(host.ctx, runId)).tasks[0]?.state).toBe("ready");
});

test("what holds a task is told with its reason", async () => {
  const done = await nereus("hold", runId, "--node", "a", "--reason", "the input is late", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({ preview: false, summary: { tasksTotal: 1 } });
  const { stdout } = await nereus("why", runId, "--node", "a", "--task", "a", "--json");
  expect(JSON.parse(stdout).at(-1)).toMatchObject({
    ...{ node: "a", state: "held", tasks: { count: 1, names: ["a"] } },
    reasons: [{ kind: "node-held", by: "host", reason: "the input is late" }],
  });
  expect((await nereus("why", runId)).stdout).toContain("b  Waiting  It waits for a: running, 1 of 1 tasks left.");
});

test("an act without a reason is refused before anything is opened, one about nothing with its sentence", async () => {
  expect(await nereus("skip", runId, "--node", "a")).toMatchObject({ code: 2, stdout: "" });
  const wrong = await nereus("skip", runId, "--node", "c", "--reason", "r");
  expect(wrong).toMatchObject({ code: 1, stderr: `Run ${runId} has no node “c”. Known: a, b.\n` });
});

test("a run whose tasks are all skipped has ended, and is not tried again", async () => {
  await nereus("release", runId, "--node", "a", "--reason", "r");
  expect((await nereus("skip", runId, "--node", "a", "--reason", "r")).code).toBe(0);
  expect(await getRun(host.ctx, runId)).toMatchObject({
    state: "completed",
    nodes: [{ state: "skipped" }, { state: "skipped" }],
  });
  const { code, stderr } = await nereus("rerun", runId, "--reason", "r");
  expect({ code, stderr }).toEqual({ code: 1, stderr: `Nothing of run ${runId} failed. Name the node to rerun.\n` });
});
