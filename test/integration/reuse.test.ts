import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { attempt } from "@/drizzle/schema/engine";
import type { ReuseDecision } from "@/lib/dag/reuse";
import type { RunView } from "@/lib/dag/run-view";
import { describeReuse } from "@/lib/messages/describe-reuse";
import { command } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { readReuse } from "@/server/services/runs/read-reuse";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { goesOn, sendEvent } from "@/test/fixtures/send-event";

/** A cached model that notes each time that it works, after an uncached source and before an uncached reader. */
function aChain(host: Host, model: { readonly line?: string; readonly salt?: string } = {}): readonly NodeDefinition[] {
  const { line = "rev workflow:///source/value.txt > sub/model.txt", salt = "" } = model;
  return [
    command("source", { command: `cp ${join(host.config.homePath, "value")} value.txt` }),
    command("model", {
      command: `echo x >> ${join(host.config.homePath, "worked")}; mkdir -p sub; ${line}; echo '{"path":"sub/model.txt","metadata":{"day":1}}' > .manifest.jsonl`,
      cache: { salt },
    }),
    command("read", { command: "cat workflow:///model/sub/model.txt > read.txt" }),
  ];
}

const write = (host: Host, value: string) => writeFile(join(host.config.homePath, "value"), `${value}\n`);

const timesWorked = async (host: Host): Promise<number> =>
  (await readFile(join(host.config.homePath, "worked"), "utf8").catch(() => "")).length / 2;

async function runOnce(host: Host, nodes: readonly NodeDefinition[]): Promise<RunView> {
  const { runId } = await host.request(aPipeline(nodes));
  return host.ended(runId);
}

const taskOf = (view: RunView, nodeId: string) => {
  const task = view.tasks.find((one) => one.nodeId === nodeId);
  if (task === undefined) throw new Error(`no task of ${nodeId}`);
  return task;
};

const decisionOf = (view: RunView): ReuseDecision | null => taskOf(view, "model").reuse;

async function outFolder(host: Host, view: RunView): Promise<string> {
  const [last] = taskOf(view, "model").attempts.slice(-1);
  if (last === undefined) throw new Error("no attempt");
  const [row] = await host.ctx.db.select().from(attempt).where(eq(attempt.id, last.id));
  return join(row?.scratch ?? "", "out");
}

describe("an equal task", () => {
  test("takes over what the earlier one made, and says from whom", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    const first = await runOnce(host, aChain(host));
    const second = await runOnce(host, aChain(host));
    expect(second).toMatchObject({ state: "completed", reason: null });
    expect(await timesWorked(host)).toBe(1);
    expect(decisionOf(first)).toEqual({ kind: "first" });
    const maker = taskOf(first, "model");
    const from = { runId: first.id, taskId: maker.id, attemptId: maker.attempts[0]?.id, at: expect.any(String) };
    expect(decisionOf(second)).toEqual({ kind: "reused", from });
    expect(await readReuse(host.ctx, second.id, taskOf(second, "model").id)).toEqual(decisionOf(second));
    const [made, taken] = [first, second].map((view) => view.artifacts.find(({ nodeId }) => nodeId === "model"));
    expect(taken).toMatchObject({ path: "sub/model.txt", sha256: made?.sha256, sizeBytes: 4 });
    expect(second.artifacts.find(({ nodeId }) => nodeId === "read")?.sizeBytes).toBe(4);
    expect(taskOf(second, "source").reuse).toBeNull();
  });

  test("in a third run is found although the first run's files are gone", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    const first = await runOnce(host, aChain(host));
    await runOnce(host, aChain(host));
    await rm(await outFolder(host, first), { recursive: true });
    const third = await runOnce(host, aChain(host));
    expect(decisionOf(third)).toMatchObject({ kind: "reused" });
    expect(await timesWorked(host)).toBe(1);
  });
});

describe("a task is done again", () => {
  test("when its input holds something else, whatever the names; and not when the old content is back", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    await runOnce(host, aChain(host));
    await write(host, "xyz");
    const second = await runOnce(host, aChain(host));
    const decision = decisionOf(second);
    expect(decision).toMatchObject({ kind: "changed", changes: [{ component: "input ref1/value.txt" }] });
    if (decision === null) throw new Error("no decision");
    expect(describeReuse(decision, "en", (iso) => iso)).toMatch(/input ref1\/value\.txt: [0-9a-f]{12} → [0-9a-f]{12}/);
    expect(describeReuse(decision, "it", (iso) => iso)).toMatch(/^Svolto: rispetto al tentativo/);
    await write(host, "abc");
    expect(decisionOf(await runOnce(host, aChain(host)))).toMatchObject({ kind: "reused" });
    expect(await timesWorked(host)).toBe(2);
  });

  test("when its command or salt is another", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    await runOnce(host, aChain(host));
    const other = await runOnce(host, aChain(host, { salt: "2" }));
    expect(decisionOf(other)).toMatchObject({
      kind: "changed",
      changes: [{ component: "salt", before: "", after: "2" }],
    });
    const line = "tac workflow:///source/value.txt > sub/model.txt";
    expect(decisionOf(await runOnce(host, aChain(host, { line })))).toMatchObject({
      changes: [{ component: "command" }, { component: "salt" }],
    });
    expect(await timesWorked(host)).toBe(3);
  });

  test("when what was made is not there any more as it was", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    const first = await runOnce(host, aChain(host));
    await appendFile(join(await outFolder(host, first), "sub/model.txt"), "more");
    const second = await runOnce(host, aChain(host));
    expect(decisionOf(second)).toMatchObject({ kind: "outputs-gone", path: "sub/model.txt" });
    expect(second.artifacts.find(({ nodeId }) => nodeId === "model")?.sizeBytes).toBe(4);
    expect(await timesWorked(host)).toBe(2);
  });

  test("when the earlier one failed after it had made its file", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    const bad = join(host.config.homePath, "bad");
    await writeFile(bad, "");
    const nodes = aChain(host, { line: `echo y > sub/model.txt; [ ! -e ${bad} ]` });
    expect((await runOnce(host, nodes)).state).toBe("failed");
    await rm(bad);
    const second = await runOnce(host, nodes);
    expect(second.state).toBe("completed");
    expect(decisionOf(second)).toMatchObject({ kind: "unfinished" });
    expect(await timesWorked(host)).toBe(2);
  });

  test("when a person asks for it, while those below it that are equal are taken over", async () => {
    await using host = await aHost();
    await host.startWorker();
    await write(host, "abc");
    const [source, model, read] = aChain(host);
    if (!source || !model || !read) throw new Error("three nodes");
    const below = command("below", {
      command: `echo x >> ${join(host.config.homePath, "below")}; cat workflow:///model/sub/model.txt > b.txt`,
      cache: true,
    });
    const first = await runOnce(host, [source, model, read, below]);
    await sendEvent(host, first.id, {
      event: { kind: "rerun", taskIds: [taskOf(first, "model").id], downstream: true },
    });
    await goesOn(host, first.id);
    const view = await host.ended(first.id);
    expect(decisionOf(view)).toEqual({ kind: "again" });
    expect(await timesWorked(host)).toBe(2);
    expect(taskOf(view, "below").reuse).toMatchObject({ kind: "reused" });
    expect(await readFile(join(host.config.homePath, "below"), "utf8")).toBe("x\n");
  });
});
