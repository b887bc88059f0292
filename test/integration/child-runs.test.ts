import { readFile, writeFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { run as runTable } from "@/drizzle/schema/engine";
import { asId, type PipelineId } from "@/lib/ids";
import { command, input, literal } from "@/lib/pipeline/define-pipeline";
import { childRun } from "@/lib/pipeline/define-waiting";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { aFolder } from "@/test/fixtures/a-folder";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const childId = asId<PipelineId>("child");

function aChild(...nodes: readonly NodeDefinition[]): PipelineModule {
  const module = aPipeline(nodes);
  return { ...module, definition: { ...module.definition, id: childId } };
}

const childrenOf = (host: Host) => host.ctx.db.select().from(runTable).where(eq(runTable.pipelineId, childId));

const aChildThatWaits = (go: string, end = "true") =>
  aChild(command("work", { command: `until [ -e ${go} ]; do sleep 0.05; done; ${end}` }));

test("a run node runs its pipeline once, waits for it as a row, and tells its consumers what came", async () => {
  await using folder = await aFolder();
  const go = `${folder.path}/go`;
  await using host = await aHost({}, { modules: [aChildThatWaits(go)] });
  await host.startWorker();
  const nodes = [
    childRun("roms", { pipeline: "child", params: { hours: literal(3), name: input("name", { default: "x" }) } }),
    command("after", { command: "cat workflow:///roms/record.json > r.txt" }),
  ];
  const { runId } = await host.request(aPipeline(nodes));
  const [child] = await until("the child runs", async () => {
    const rows = await childrenOf(host);
    return rows.length > 0 ? rows : null;
  });
  expect(child?.input).toEqual({ hours: 3, name: "x" });
  const attempts = await host.ctx.db.query.attempt.findMany();
  expect(attempts.filter((row) => row.runId === runId)).toEqual([]);
  await writeFile(go, "");
  const view = await host.ended(runId);
  expect(view.state).toBe("completed");
  expect(await childrenOf(host)).toHaveLength(1);
  const made = view.artifacts.find(({ path }) => path === "record.json");
  const rows = await host.ctx.db.query.attempt.findMany();
  const scratch = rows.find(({ taskId }) => taskId === made?.taskId)?.scratch;
  expect(JSON.parse(await readFile(`${scratch}/out/record.json`, "utf8"))).toMatchObject({
    ...{ runId: child?.id, pipeline: "child", state: "completed", completeness: "complete" },
  });
});

test("a worker that dies while a child runs does not start it again", async () => {
  await using folder = await aFolder();
  const go = `${folder.path}/go`;
  await using host = await aHost({}, { modules: [aChildThatWaits(go)] });
  const worker = await host.startWorker();
  const { runId } = await host.request(aPipeline([childRun("roms", { pipeline: "child" })]));
  await until("the child runs", async () => ((await childrenOf(host)).length > 0 ? true : null));
  await worker.stop();
  await writeFile(go, "");
  await host.startWorker();
  expect((await host.ended(runId)).state).toBe("completed");
  expect(await childrenOf(host)).toHaveLength(1);
});

test("a failed child fails the task with the reason, and a retry starts another", async () => {
  await using host = await aHost({}, { modules: [aChild(command("work", { command: "exit 3" }))] });
  await host.startWorker();
  const { runId } = await host.request(aPipeline([childRun("roms", { pipeline: "child", retries: 1 })]));
  const view = await host.ended(runId);
  expect(view.state).toBe("failed");
  expect(view.reason).toMatch(/^Run r\w+, which node roms started, is failed: .*exit code 3/s);
  expect(await childrenOf(host)).toHaveLength(2);
});

test("a pipeline that is not there, or refuses its input, fails the task with its sentence", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline([childRun("roms", { pipeline: "rooms" })]));
  expect((await host.ended(runId)).reason).toContain("There is no pipeline “rooms”");
});

test("cancelling a run cancels the children that it waits for", async () => {
  await using folder = await aFolder();
  await using host = await aHost({}, { modules: [aChildThatWaits(`${folder.path}/never`)] });
  await host.startWorker();
  const { runId } = await host.request(aPipeline([childRun("roms", { pipeline: "child" })]));
  const [child] = await until("the child runs", async () => {
    const rows = await childrenOf(host);
    return rows.some(({ state }) => state === "running") ? rows : null;
  });
  await cancelRun(host.ctx, { runId, reason: "enough" });
  expect((await host.ended(runId)).state).toBe("cancelled");
  expect(await host.ended(child?.id ?? "")).toMatchObject({ state: "cancelled" });
});
