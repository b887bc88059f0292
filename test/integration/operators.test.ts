import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, task } from "@/drizzle/schema/engine";
import type { RunView } from "@/lib/dag/run-view";
import { isNereusError } from "@/lib/errors";
import {
  asId,
  type CyclePoint,
  type PipelineId,
  type ProductId,
  type RunId,
  type SiteId,
  type UserId,
} from "@/lib/ids";
import { command, output } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { Role } from "@/lib/roles";
import type { Actor, ServiceContext } from "@/server/services/context";
import { getRun } from "@/server/services/runs/get-run";
import { type OperatorRequest, operateRun } from "@/server/services/runs/operate-run";
import { requestRun } from "@/server/services/runs/request-run";
import { listAuditRows } from "@/server/store/audit-list";
import { readEvents } from "@/server/store/event";
import { mintStamp } from "@/server/store/mint-id";
import { step } from "@/server/store/step";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

let host: Host;
beforeAll(async () => {
  host = await aHost();
  await host.startWorker();
});
afterAll(() => host[Symbol.asyncDispose]());

const person = (role: Role, id: string = role): Actor => ({
  ...{ kind: "user", userId: asId<UserId>(id), role, organisationId: null },
});
const as = (actor: Actor): ServiceContext => ({ ...host.ctx, actor });

let made = 0;
/** A gate that tasks wait at, so that a test decides when they go on. */
function aGate() {
  made += 1;
  const path = `${host.config.homePath}/gate${made}`;
  return { wait: `until [ -e ${path} ]; do sleep 0.02; done`, open: () => writeFile(path, ""), path };
}

const start = async (...nodes: readonly NodeDefinition[]) => (await host.request(aPipeline(nodes))).runId;
const view = (runId: string) => getRun(host.ctx, runId);
const operate = (runId: string, wish: Partial<OperatorRequest> & Pick<OperatorRequest, "action">) =>
  operateRun(as(person("operator")), { runId, reason: "because", ...wish });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (isNereusError(error) ? error.code : String(error)),
  );
const stateOf = (run: RunView, node: string) => run.tasks.find(({ nodeId }) => nodeId === node)?.state;
const reaches = (runId: string, node: string, state: string) =>
  until(`${node} is ${state}`, async () => (stateOf(await view(runId), node) === state ? true : null));

test("a completed run that is rerun from a node gives new results, and the old ones are put aside", async () => {
  const source = `${host.config.homePath}/source`;
  await writeFile(source, "one\n");
  const runId = await start(
    command("read", { command: `cat ${source} > value.txt` }),
    command("copy", { command: "cat workflow:///read/value.txt > copy.txt" }),
  );
  await host.ended(runId);
  await writeFile(source, "another\n");
  const { summary } = await operate(runId, { action: "rerun", node: "read", downstream: true });
  expect(summary).toMatchObject({ run: { from: "completed", to: "running" }, tasksTotal: 2, jobsStopped: 0 });
  expect(summary.tasks.map(({ kind, nodeId, count }) => [kind, nodeId, count])).toEqual([
    ["again", "read", 1],
    ["replace", "copy", 1],
  ]);
  const run = await host.ended(runId);
  expect(run).toMatchObject({ state: "completed", tasksTotal: 2, tasksDone: 2 });
  expect(run.artifacts.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ["value.txt", 8],
    ["copy.txt", 8],
  ]);
});

test("what is held does not start until it is released", async () => {
  const gate = aGate();
  const runId = await start(
    command("first", { command: gate.wait }),
    command("second", { command: "true", after: ["first"] }),
  );
  await operate(runId, { action: "hold", node: "second" });
  await gate.open();
  await reaches(runId, "second", "held");
  await operate(runId, { action: "release", node: "second" });
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a held run starts nothing more, and goes on where it was once it is released", async () => {
  const gate = aGate();
  const runId = await start(
    command("first", { command: gate.wait }),
    command("second", { command: "true", after: ["first"] }),
  );
  await operate(runId, { action: "hold" });
  await gate.open();
  await reaches(runId, "first", "completed");
  expect((await view(runId)).state).toBe("held");
  await operate(runId, { action: "release" });
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a skipped task is stopped at its site, and the run goes on without its output", async () => {
  const gate = aGate();
  const stopped = `${gate.path}.stopped`;
  const runId = await start(
    command("slow", { command: `trap 'touch ${stopped}; exit 1' TERM; touch ${gate.path}.up; ${gate.wait}` }),
    command("next", { command: "true", after: ["slow"] }),
  );
  await until("it runs", () => (existsSync(`${gate.path}.up`) ? true : null));
  const { summary } = await operate(runId, { action: "skip", node: "slow", reason: "not needed today" });
  expect(summary.jobsStopped).toBe(1);
  const run = await host.ended(runId);
  expect(run.tasks.find(({ nodeId }) => nodeId === "slow")).toMatchObject({
    ...{ state: "skipped", reason: "not needed today" },
  });
  await until("the job is stopped", async () =>
    (await view(runId)).tasks[0]?.attempts.at(-1)?.state === "fenced" ? true : null,
  );
  expect(existsSync(stopped)).toBe(true);
  expect(await codeOf(operate(runId, { action: "skip", node: "slow" }))).toBe("run-already-ended");
});

test("of two operators at once the second sees what the first has left", async () => {
  const gate = aGate();
  const runId = await start(
    command("a", { command: gate.wait }),
    command("b", { command: gate.wait }),
    command("after", { command: "true", after: ["a"] }),
  );
  const skip = () => codeOf(operate(runId, { action: "skip", node: "a", tasks: [""] }));
  expect((await Promise.all([skip(), skip()])).sort()).toEqual(["none", "task-already-ended"]);
  const rerun = () => codeOf(operate(runId, { action: "rerun", node: "b", generation: 1 }));
  expect((await Promise.all([rerun(), rerun()])).sort()).toEqual(["none", "run-changed"]);
  await gate.open();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a preview tells what the deed does, and changes nothing", async () => {
  const gate = aGate();
  const runId = await start(
    command("make", { command: "touch a.txt b.txt" }),
    command("each", { fan: "single", command: `${gate.wait}; cat workflow:///make/*.txt` }),
  );
  await until("each has tasks", async () =>
    (await view(runId)).tasks.filter(({ nodeId, state }) => nodeId === "each" && state === "running").length === 2
      ? true
      : null,
  );
  const before = await view(runId);
  const wish = { action: "skip", node: "each", tasks: ["a.txt"] } as const;
  const preview = await operate(runId, { ...wish, preview: true, reason: "" });
  expect(await view(runId)).toEqual(before);
  expect(preview.summary).toEqual({
    ...{ run: null, nodes: [], tasksTotal: 1, jobsStopped: 1 },
    tasks: [{ kind: "skip", nodeId: "each", count: 1, jobs: 1, names: ["a.txt"] }],
  });
  const cancel = await operate(runId, { action: "cancel", preview: true, reason: "" });
  expect(cancel.summary).toMatchObject({ run: { to: "cancelled" }, tasksTotal: 2, jobsStopped: 2 });
  expect((await operate(runId, wish)).summary).toEqual(preview.summary);
  await gate.open();
  await host.ended(runId);
});

test("an act without a reason, and one that would change nothing, are refused", async () => {
  const gate = aGate();
  const runId = await start(command("a", { command: gate.wait }));
  expect(await codeOf(operate(runId, { action: "hold", reason: "  " }))).toBe("reason-missing");
  expect(await codeOf(operate(runId, { action: "release" }))).toBe("nothing-to-do");
  expect(await codeOf(operate(runId, { action: "rerun" }))).toBe("run-not-ended");
  expect(await codeOf(operate(runId, { action: "skip" }))).toBe("operator-target");
  expect(await codeOf(operate(runId, { action: "skip", node: "b" }))).toBe("node-unknown");
  expect(await codeOf(operate(runId, { action: "skip", node: "a", tasks: ["x"] }))).toBe("task-unknown");
  expect(await codeOf(operate(runId, { action: "priority", value: 0.5 }))).toBe("priority-invalid");
  expect(await codeOf(operate("r-absent", { action: "hold" }))).toBe("run-unknown");
  await gate.open();
  await host.ended(runId);
  expect(await codeOf(operate(runId, { action: "hold" }))).toBe("run-already-ended");
  expect(await codeOf(operate(runId, { action: "rerun" }))).toBe("run-nothing-failed");
});

test("whoever asked for a run may try it again and cancel it, and do nothing else to it", async () => {
  const gate = aGate();
  const owner = as(person("requester", "owner"));
  const module = aPipeline([command("a", { command: `[ -e ${gate.path} ]` })]);
  const { runId } = await requestRun(owner, { pipelineId: "test", input: {}, module });
  expect((await host.ended(runId)).state).toBe("failed");
  const ask = (ctx: ServiceContext, wish: Partial<OperatorRequest> & Pick<OperatorRequest, "action">) =>
    codeOf(operateRun(ctx, { runId, reason: "mine", ...wish }));
  expect(await ask(owner, { action: "rerun", node: "a" })).toBe("not-permitted");
  expect(await ask(owner, { action: "hold", preview: true })).toBe("not-permitted");
  expect(await ask(as(person("requester", "other")), { action: "rerun" })).toBe("not-permitted");
  expect(await ask(as({ kind: "anonymous" }), { action: "rerun" })).toBe("sign-in-required");
  await gate.open();
  expect(await ask(owner, { action: "rerun" })).toBe("none");
  expect((await host.ended(runId)).state).toBe("completed");
});

test("every act leaves who did what to what, and why", async () => {
  const gate = aGate();
  const runId = await start(command("a", { command: gate.wait }));
  await operate(runId, { action: "priority", value: 5, reason: "before the others" });
  const [row] = await listAuditRows(host.ctx.db, { before: null, limit: 1 });
  expect(row).toMatchObject({
    ...{ verb: "priority a run", subject: runId, reason: "before the others", actorKind: "user" },
    detail: { value: 5, tasksTotal: 1, jobsStopped: 0 },
  });
  await gate.open();
  await host.ended(runId);
});

test("a file of the machine counts as the output of a task, and only its command line may give it", async () => {
  const gate = aGate();
  const given = `${host.config.homePath}/given.txt`;
  await writeFile(given, "by hand\n");
  const runId = await start(
    command("make", { command: gate.wait, outputs: [output("made.txt")] }),
    command("use", { command: "cat workflow:///make/made.txt > used.txt" }),
  );
  const outputs = [{ kind: "file", file: given, path: "made.txt" }] as const;
  const wish = { runId, action: "set-output", node: "make", reason: "the model is down" } as const;
  expect(await codeOf(operate(runId, { ...wish, outputs }))).toBe("output-file-not-allowed");
  expect(await codeOf(operateRun(host.ctx, { ...wish, outputs: [] }))).toBe("output-wanted");
  expect(await codeOf(operateRun(host.ctx, { ...wish, outputs: [{ ...outputs[0], path: "../made.txt" }] }))).toBe(
    "path-leaves-scratch",
  );
  const preview = await operateRun(host.ctx, { ...wish, outputs, preview: true });
  expect(preview.summary.tasks).toMatchObject([
    { kind: "complete", nodeId: "make" },
    { kind: "make", nodeId: "use" },
  ]);
  await operateRun(host.ctx, { ...wish, outputs });
  const run = await host.ended(runId);
  expect(run.state).toBe("completed");
  expect(run.artifacts.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ["made.txt", 8],
    ["used.txt", 8],
  ]);
  await gate.open();
});

test("an artifact of another run counts as the output of a task", async () => {
  const gate = aGate();
  const before = await host.ended(await start(command("make", { command: "echo good > made.txt" })));
  const [artifact] = before.artifacts;
  if (artifact === undefined) throw new Error("no artifact was made");
  const runId = await start(
    command("make", { command: gate.wait, outputs: [output("made.txt")] }),
    command("use", { command: "cat workflow:///make/made.txt > used.txt" }),
  );
  const outputs = [{ kind: "artifact", artifactId: artifact.id }] as const;
  await operate(runId, { action: "set-output", node: "make", outputs });
  const run = await host.ended(runId);
  expect(run.artifacts.map(({ path, sha256 }) => [path, sha256])).toEqual([
    ["made.txt", artifact.sha256],
    ["used.txt", artifact.sha256],
  ]);
  await gate.open();
});

test("a forced node runs with what is there", async () => {
  const gate = aGate();
  const runId = await start(
    command("slow", { command: gate.wait }),
    command("next", { command: "touch done.txt", after: ["slow"] }),
  );
  expect(await codeOf(operate(runId, { action: "force", node: "next" }))).toBe("none");
  await reaches(runId, "next", "completed");
  expect(stateOf(await view(runId), "slow")).toBe("running");
  await gate.open();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a task that waits for its next try keeps its time when its priority changes, and starts at once when it is forced", async () => {
  const gate = aGate();
  const runId = await start(
    command("flaky", { command: `[ -e ${gate.path} ]`, retries: 1, retryDelaysSeconds: [3600] }),
  );
  await reaches(runId, "flaky", "waiting");
  await operate(runId, { action: "priority", value: 9 });
  const [row] = await host.ctx.db.select().from(task).where(eq(task.runId, runId));
  expect(row).toMatchObject({ state: "waiting", priority: 9, dueAt: expect.any(Date) });
  await gate.open();
  await operate(runId, { action: "force", node: "flaky" });
  expect((await host.ended(runId)).state).toBe("completed");
});

test("what is done to many tasks of a node is told to followers as a whole", async () => {
  const files = Array.from({ length: 60 }, (_, n) => `f${n}.txt`).join(" ");
  const runId = await start(
    command("make", { command: `touch ${files}` }),
    command("each", { fan: "single", hold: true, command: "cat workflow:///make/*.txt" }),
  );
  await reaches(runId, "each", "held");
  const { lastEventId } = await view(runId);
  await operate(runId, { action: "skip", node: "each" });
  await host.ended(runId);
  const told = await readEvents(host.ctx.db, asId(runId), { after: lastEventId, limit: 100 });
  expect(told.map(({ kind, data }) => [kind, data.tasks])).toContainEqual(["node-progress", 60]);
  expect(told.filter(({ kind }) => kind === "task-state")).toEqual([]);
});

test("a rerun that would publish only a part again is refused; a whole one publishes in a place of its own", async () => {
  await using idle = await aHost();
  const product = asId<ProductId>("p");
  const runOf = (id: string) =>
    idle.ctx.db
      .select()
      .from(run)
      .where(eq(run.id, asId<RunId>(id)));
  const { runId } = await idle.request(
    aPipeline(
      [
        command("model", { command: "true" }),
        { ...command("hours", { command: "true", after: ["model"] }), product },
        { ...command("close", { command: "true", after: ["hours"] }), product },
      ],
      [{ id: product, title: { en: "P", it: "P" }, domain: "d01", licence: "CC-BY-4.0", citation: "P" }],
    ),
  );
  await completeAll(idle, runId);
  const rerun = (node: string, downstream: boolean) =>
    codeOf(operateRun(idle.ctx, { runId, action: "rerun", node, downstream, reason: "r" }));
  expect(await rerun("hours", false)).toBe("rerun-publishes-partly");
  expect(await runOf(runId)).toMatchObject([{ generation: 1, productGeneration: 1 }]);
  expect(await rerun("model", false)).toBe("none");
  expect(await runOf(runId)).toMatchObject([{ generation: 2, productGeneration: 1 }]);
  await completeAll(idle, runId);
  expect(await rerun("hours", true)).toBe("none");
  expect(await runOf(runId)).toMatchObject([{ generation: 3, productGeneration: 3 }]);
});

/** Brings a run to its end as a worker would, with nothing made. */
async function completeAll({ ctx }: Host, id: string): Promise<void> {
  const claim = {
    ...{ site: asId<SiteId>("s"), pool: "light", slots: 9, most: 9, scratchRoot: "/s", workerId: "w" },
    leaseUntil: new Date(),
  };
  const take = async (reports: Parameters<typeof step>[1]["reports"]): Promise<void> => {
    const at = new Date();
    const claims = [{ ...claim, stamp: mintStamp(at) }];
    const { claimed } = await step(ctx.db, { reports, claims, at, fanLimit: 9 });
    const told = claimed
      .flat()
      .map(({ attempt }) => ({ runId: attempt.runId, attemptId: attempt.id, kind: "completed" as const }));
    if (told.length > 0) await take(told);
  };
  await take([]);
  expect((await getRun(ctx, id)).state).toBe("completed");
}

test("a routine cycle that failed is rerun as the same run", async () => {
  const gate = aGate();
  const { definition, ...rest } = aPipeline([command("a", { command: `[ -e ${gate.path} ]` })]);
  const module = {
    ...rest,
    definition: { ...definition, id: asId<PipelineId>("routine"), kind: "routinary" as const },
  };
  const ask = () =>
    requestRun(host.ctx, { pipelineId: "routine", input: {}, module, cycle: asId<CyclePoint>("2026-07-01T00Z") });
  const { runId } = await ask();
  expect((await host.ended(runId)).state).toBe("failed");
  await gate.open();
  await operate(runId, { action: "rerun" });
  expect(await host.ended(runId)).toMatchObject({ state: "completed", cycle: "2026-07-01T00Z" });
  expect(await ask()).toEqual({ runId, created: false });
});
