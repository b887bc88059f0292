import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { attempt } from "@/drizzle/schema/engine";
import type { RunView } from "@/lib/dag/run-view";
import { type AttemptId, asId } from "@/lib/ids";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { getRun } from "@/server/services/runs/get-run";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const statesOf = (view: RunView) => Object.fromEntries(view.nodes.map(({ id, state }) => [id, state]));

async function textOf(host: Host, view: RunView, path: string): Promise<string> {
  const artifact = view.artifacts.find((one) => one.path === path);
  const owner = view.tasks.find((one) => one.id === artifact?.taskId)?.attempts.at(-1);
  const [row] = await host.ctx.db
    .select({ scratch: attempt.scratch })
    .from(attempt)
    .where(eq(attempt.id, owner?.id ?? asId<AttemptId>("none")));
  return readFile(join(row?.scratch ?? "", "out", path), "utf8");
}

test("a fan-out runs one task per file and an aggregate sees all of them", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(
    aPipeline([
      command("split", { command: "for i in 1 2 3; do echo $i > part$i.txt; done" }),
      command("double", { fan: "single", command: "n=$(cat workflow:///split/*.txt); echo $((n * 2)) > out.txt" }),
      command("sum", {
        command:
          "cat workflow:///double/*.txt | awk '{ n += $1 } END { print n }' > sum.txt; ls -R workflow:///double/ > list.txt",
      }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view).toMatchObject({ state: "completed", completeness: "complete", tasksTotal: 5, tasksDone: 5 });
  expect(view.tasks.filter(({ nodeId }) => nodeId === "double").map(({ key }) => key)).toEqual([
    "part1.txt",
    "part2.txt",
    "part3.txt",
  ]);
  expect(await textOf(host, view, "sum.txt")).toBe("12\n");
  expect(await textOf(host, view, "list.txt")).toContain("part2.txt:");
});

test("a streaming consumer starts while its producer still runs", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(
    aPipeline([
      // The producer ends only after its consumer has shown that it ran, so the order is proved without a clock.
      command("model", {
        command: `echo one > h1.part; mv h1.part h1.nc; for _ in $(seq 600); do [ -e ${host.config.homePath}/seen ] && break; sleep 0.05; done; [ -e ${host.config.homePath}/seen ]; echo two > h2.part; mv h2.part h2.nc`,
        outputs: [output("*.nc", { commit: "on-rename" })],
      }),
      command("publish", {
        fan: "single",
        inputs: { hour: ref("workflow:///model/*.nc", { stream: true }) },
        command: `touch ${host.config.homePath}/seen; cat workflow:///model/*.nc > copy.txt`,
      }),
      command("close", { command: "cat $(find workflow:///publish/ -name copy.txt | sort) > all.txt" }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  expect(statesOf(view)).toEqual({ model: "completed", publish: "completed", close: "completed" });
  expect(view.tasks.filter(({ nodeId }) => nodeId === "publish")).toHaveLength(2);
  expect(await textOf(host, view, "all.txt")).toBe("one\ntwo\n");
});

describe("a failing task fails the run with its reason and cancels the rest", () => {
  test.each([
    ["false", /ended with exit code 1/],
    ["echo lost the wind >&2; exit 3", /exit code 3.*lost the wind/s],
    ["no-such-program --now", /exit code 127.*not found/s],
    ["false | cat", /exit code 1/],
    [
      `echo 'nereus-error {"code":"met-no-records","fields":{"file":"w.nc"}}' >&2; exit 1`,
      /^w\.nc holds no time records/,
    ],
    ["kill -9 $$", /SIGKILL/],
  ])("%s", async (line, reason) => {
    await using host = await aHost();
    await host.startWorker();
    const nodes = [
      command("bad", { command: line }),
      command("after", { command: "true", after: ["bad"] }),
      command("slow", { command: "sleep 600" }),
    ];
    const { runId } = await host.request(aPipeline(nodes));
    const view = await host.ended(runId);
    expect(view.state).toBe("failed");
    expect(view.reason).toMatch(reason);
    expect(statesOf(view)).toEqual({ bad: "failed", after: "cancelled", slow: "cancelled" });
  });

  test("a file that the producer did not make", async () => {
    await using host = await aHost();
    await host.startWorker();
    const nodes = [command("a", { command: "touch x" }), command("b", { command: "cat workflow:///a/y" })];
    const { runId } = await host.request(aPipeline(nodes));
    const view = await host.ended(runId);
    expect(view).toMatchObject({ state: "failed", reason: expect.stringContaining("workflow:///a/y") });
  });

  test("an output that was promised and not made", async () => {
    await using host = await aHost();
    await host.startWorker();
    const { runId } = await host.request(aPipeline([command("a", { command: "touch x", outputs: [output("*.nc")] })]));
    expect(await host.ended(runId)).toMatchObject({ state: "failed", reason: expect.stringContaining("*.nc") });
  });
});

test("a failed attempt is tried again as often as its node says", async () => {
  await using host = await aHost();
  await host.startWorker();
  const flag = `${host.config.homePath}/tried`;
  const nodes = [command("a", { retries: 1, command: `[ -e ${flag} ] || { touch ${flag}; exit 1; }; touch done` })];
  const view = await host.ended((await host.request(aPipeline(nodes))).runId);
  expect(view.state).toBe("completed");
  expect(view.tasks[0]?.attempts.map(({ exitCode }) => exitCode)).toEqual([1, 0]);
});

test("cancelling a run ends its jobs", async () => {
  await using host = await aHost();
  await host.startWorker();
  const pidFile = `${host.config.homePath}/pid`;
  const nodes = [command("a", { command: `echo $$ > ${pidFile}.part; mv ${pidFile}.part ${pidFile}; sleep 600` })];
  const { runId } = await host.request(aPipeline(nodes));
  const pid = await until("the job runs", () => readFile(pidFile, "utf8").catch(() => null));
  await cancelRun(host.ctx, { runId, reason: "no longer needed" });
  expect(await host.ended(runId)).toMatchObject({ state: "cancelled", reason: "no longer needed" });
  await until("the attempt is fenced", async () => {
    const view = await getRun(host.ctx, runId);
    return view.tasks[0]?.attempts[0]?.state === "fenced" ? true : null;
  });
  expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
});

test("a request asked twice with one key is one run", async () => {
  await using host = await aHost();
  const module = aPipeline([command("a", { command: "true" })]);
  const [one, other] = await Promise.all([host.request(module, "k"), host.request(module, "k")]);
  expect(other.runId).toBe(one.runId);
  expect([one.created, other.created].sort()).toEqual([false, true]);
  expect(await host.request(module, "k")).toEqual({ runId: one.runId, created: false });
});

test("a run that was requested before any worker existed is done by the first one", async () => {
  await using host = await aHost();
  const { runId } = await host.request(aPipeline([command("a", { command: "echo hi > hi.txt" })]));
  await host.startWorker();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("an orderly stop interrupts a task without counting, and the next worker does it", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const flag = `${host.config.homePath}/second`;
  const started = `${host.config.homePath}/started`;
  const nodes = [command("a", { command: `touch ${started}; [ -e ${flag} ] || sleep 600; touch done` })];
  const { runId } = await host.request(aPipeline(nodes));
  await until("the job runs", () =>
    readFile(started).then(
      () => true,
      () => null,
    ),
  );
  await worker.stop();
  const stopped = await getRun(host.ctx, runId);
  expect(stopped.tasks[0]).toMatchObject({ state: "ready" });
  expect(stopped.tasks[0]?.attempts[0]).toMatchObject({ state: "interrupted" });
  await writeFile(flag, "");
  await host.startWorker();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a retry waits as long as its node says, and the wait is a row", async () => {
  await using host = await aHost();
  await host.startWorker();
  const flag = `${host.config.homePath}/tried`;
  const line = `[ -e ${flag} ] || { touch ${flag}; exit 1; }; touch done`;
  const { runId } = await host.request(
    aPipeline([command("a", { retries: 1, retryDelaysSeconds: [1], command: line })]),
  );
  await until("it waits", async () => ((await getRun(host.ctx, runId)).tasks[0]?.state === "waiting" ? true : null));
  const view = await host.ended(runId);
  expect(view.state).toBe("completed");
  const [first, second] = view.tasks[0]?.attempts ?? [];
  const waitedMs = Date.parse(second?.startedAt ?? "") - Date.parse(first?.endedAt ?? "");
  expect(waitedMs).toBeGreaterThanOrEqual(1000);
});

test("a node goes on with a quorum of what a slow producer has made, and the run says that it is partial", async () => {
  await using host = await aHost();
  await host.startWorker();
  const go = `${host.config.homePath}/go`;
  const { runId } = await host.request(
    aPipeline([
      command("members", {
        command: `for m in 1 2 3; do echo $m > $m.part; mv $m.part $m.nc; done; until [ -e ${go} ]; do sleep 0.05; done; echo 4 > 4.nc`,
        outputs: [output("*.nc", { commit: "on-rename" })],
      }),
      command("mean", {
        inputs: { m: ref("workflow:///members/*.nc", { quorum: { atLeast: 3, expected: null, deadlineSeconds: 1 } }) },
        command: `cat $NEREUS_IN_M/*.nc > all.txt; touch ${go}`,
      }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view).toMatchObject({ state: "completed", completeness: "partial" });
  expect(await textOf(host, view, "all.txt")).toBe("1\n2\n3\n");
});
