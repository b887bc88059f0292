import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import type { RunView } from "@/lib/dag/run-view";
import { asId, type CyclePoint } from "@/lib/ids";
import { command, definePipeline, previous, ref } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { getRun } from "@/server/services/runs/get-run";
import { requestRun } from "@/server/services/runs/request-run";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { until } from "@/test/fixtures/until";

function routine(id: string, ...nodes: readonly NodeDefinition[]): PipelineModule {
  const input = z.record(z.string(), z.unknown());
  const definition = definePipeline({ id, title: { en: id, it: id }, kind: "routinary", input, nodes });
  return { definition, input, layers: [], needsMet: false, prepare: (request) => request };
}

async function start(host: Host, module: PipelineModule, cycle: string): Promise<string> {
  const request = { pipelineId: module.definition.id, input: {}, module, cycle: asId<CyclePoint>(cycle) };
  return (await requestRun(host.ctx, request)).runId;
}

async function textOf(host: Host, view: RunView, path: string): Promise<string> {
  const made = view.artifacts.find((artifact) => artifact.path === path);
  const rows = await host.ctx.db.query.attempt.findMany();
  const scratch = rows.find(({ taskId }) => taskId === made?.taskId)?.scratch ?? "";
  return readFile(`${scratch}/out/${path}`, "utf8");
}

const wrf = routine("wrf", command("model", { command: "for h in 1 2; do echo $h > wrf_$h.nc; done" }));
const sum = "cat $NEREUS_IN_MET/*.nc > sum.txt";
const reader = (options: Parameters<typeof ref>[1] = {}) =>
  routine("roms", command("grid", { command: sum, inputs: { met: ref("workflow://wrf/model/*.nc", options) } }));

const nodeStates = (view: RunView) => Object.fromEntries(view.nodes.map(({ id, state }) => [id, state]));

test("a run takes another pipeline's artifacts of the same cycle, when it is there already and when it comes later", async () => {
  await using host = await aHost();
  await host.startWorker();
  await host.ended(await start(host, wrf, "2026-07-01T00Z"));
  const after = await host.ended(await start(host, reader(), "2026-07-01T00Z"));
  expect(after).toMatchObject({ state: "completed", completeness: "complete" });
  expect(await textOf(host, after, "sum.txt")).toBe("1\n2\n");

  const early = await start(host, reader(), "2026-07-02T00Z");
  expect(nodeStates(await getRun(host.ctx, early))).toEqual({ grid: "waiting" });
  await start(host, wrf, "2026-07-02T00Z");
  const view = await host.ended(early);
  expect(await textOf(host, view, "sum.txt")).toBe("1\n2\n");
});

test("a task for each artifact of another run is fanned over them", async () => {
  await using host = await aHost();
  await host.startWorker();
  await host.ended(await start(host, wrf, "2026-07-01T00Z"));
  const met = ref("workflow://wrf/model/*.nc");
  const each = routine(
    "each",
    command("copy", { fan: "single", command: "cp $NEREUS_IN_MET out.nc", inputs: { met } }),
  );
  const view = await host.ended(await start(host, each, "2026-07-01T00Z"));
  expect(view.tasks.map(({ key }) => key)).toEqual(["wrf_1.nc", "wrf_2.nc"]);
  expect(view.state).toBe("completed");
});

test("a pipeline reads its own result of the cycle before", async () => {
  await using host = await aHost();
  await host.startWorker();
  const chain = (node: NodeDefinition) => routine("chain", node);
  await host.ended(await start(host, chain(command("state", { command: "echo first > s.txt" })), "2026-07-01T00Z"));
  const before = previous("chain", "-P1D", "state/s.txt");
  const next = command("state", { command: "cat $NEREUS_IN_BEFORE > s.txt; echo second >> s.txt", inputs: { before } });
  const view = await host.ended(await start(host, chain(next), "2026-07-02T00Z"));
  expect(await textOf(host, view, "s.txt")).toBe("first\nsecond\n");
});

test("at its deadline an input takes an earlier cycle within its window, and the run says that it is partial", async () => {
  await using host = await aHost();
  await host.startWorker();
  await host.ended(await start(host, wrf, "2026-06-29T00Z"));
  await host.ended(await start(host, wrf, "2026-06-30T12Z"));
  const patience = { deadlineSeconds: 1, window: "P2D" };
  const view = await host.ended(await start(host, reader({ patience }), "2026-07-01T00Z"));
  expect(view).toMatchObject({ state: "completed", completeness: "partial" });
  expect(nodeStates(view)).toEqual({ grid: "partial" });
  expect(view.sources).toMatchObject([{ nodeId: "grid", input: "met", cycle: "2026-06-30T12Z", isSubstitute: true }]);
});

test("at its deadline an input without anything skips its node", async () => {
  await using host = await aHost();
  await host.startWorker();
  await host.ended(await start(host, wrf, "2026-06-01T00Z"));
  const patience = { deadlineSeconds: 1, window: "P2D" };
  const view = await host.ended(await start(host, reader({ patience }), "2026-07-01T00Z"));
  expect(nodeStates(view)).toEqual({ grid: "skipped" });
  expect(view.nodes[0]?.reason).toBe("what it waits for in another run did not come in time");
});

test("a fallback uses what the cycle before made when this one made nothing", async () => {
  await using host = await aHost();
  await host.startWorker();
  const pipeline = (line: string) => {
    const fallback = { kind: "cycle", offset: "-P1D" } as const;
    const inputs = { met: ref("workflow:///model/*.nc", { fallback }) };
    return routine(
      "both",
      command("model", { command: line, allowFailure: true }),
      command("use", { command: sum, inputs }),
    );
  };
  await host.ended(await start(host, pipeline("echo old > a.nc"), "2026-07-01T00Z"));
  const view = await host.ended(await start(host, pipeline("exit 1"), "2026-07-02T00Z"));
  expect(nodeStates(view)).toEqual({ model: "failed", use: "partial" });
  expect(await textOf(host, view, "sum.txt")).toBe("old\n");
});

test("a wait for another run outlives the worker", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const early = await start(host, reader(), "2026-07-02T00Z");
  await until("the input was looked for", async () => {
    const [row] = await host.ctx.db.query.runSource.findMany();
    return row?.dueAt && row.dueAt.getTime() > Date.now() + 30_000 ? true : null;
  });
  await worker.stop();
  await start(host, wrf, "2026-07-02T00Z");
  await host.startWorker();
  expect((await host.ended(early)).state).toBe("completed");
});
