import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { run } from "@/drizzle/schema/engine";
import { command, definePipeline, output, ref } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { getRun } from "@/server/services/runs/get-run";
import { listRuns } from "@/server/services/runs/list-runs";
import { readNodeDurations } from "@/server/store/node-durations";
import { readRecordedRun } from "@/server/store/recorded-run";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const nodes = [
  command("model", {
    command: "for n in 1 2; do sleep 0.3; echo > h$n.part; mv h$n.part h$n; done",
    outputs: [output("h[12]", { commit: "on-rename" })],
  }),
  command("map", {
    fan: "single",
    command: "true",
    inputs: { hour: ref("workflow:///model/h[12]", { stream: true }) },
  }),
];
const withDeadline = (deadlineSeconds: number): PipelineModule => {
  const module = aPipeline(nodes);
  const { input } = module;
  const title = { en: "Test", it: "Prova" };
  const definition = definePipeline({ id: "test", title, kind: "on-demand", input, nodes, deadlineSeconds });
  return { ...module, definition };
};

test("a live run has an expected end by what earlier ones took, and is late when that passes its deadline", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const first = await host.request(withDeadline(1000));
  await host.ended(first.runId);
  await worker.stop();

  const [fine, late] = [await host.request(withDeadline(1000)), await host.request(withDeadline(0.001))];
  const { forecast } = await getRun(host.ctx, fine.runId);
  expect(forecast).toMatchObject({ isLate: false, criticalPath: ["model", "map"], unknown: [] });
  const tookMs = Date.parse(forecast?.expectedEndAt ?? "") - Date.now();
  expect(tookMs).toBeGreaterThan(400);
  expect((await getRun(host.ctx, late.runId)).forecast).toMatchObject({ isLate: true });
  const listed = await listRuns(host.ctx, { limit: 10 });
  expect(listed.map(({ id, forecast: of }) => [id, of?.isLate ?? null])).toEqual([
    [late.runId, true],
    [fine.runId, false],
    [first.runId, null],
  ]);
});

test("a run that was never done before has no expected end, and is late only once its deadline has passed", async () => {
  await using host = await aHost();
  const { runId } = await host.request(withDeadline(3600));
  expect((await getRun(host.ctx, runId)).forecast).toMatchObject({ expectedEndAt: null, isLate: false });
  await host.ctx.db
    .update(run)
    .set({ createdAt: new Date(Date.now() - 3_700_000) })
    .where(eq(run.id, runId));
  expect((await getRun(host.ctx, runId)).forecast).toMatchObject({ expectedEndAt: null, isLate: true });
});

test("durations and files of a completed run are kept for forecasts and simulations", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline(nodes));
  const { pipelineId } = await until("the run ends", async () => {
    const view = await host.ended(runId);
    return view.state === "completed" ? view : null;
  });
  const durations = await readNodeDurations(host.ctx.db, pipelineId);
  expect([...durations.keys()].sort()).toEqual(["map", "model"]);
  const recorded = await readRecordedRun(host.ctx.db, pipelineId);
  expect(recorded?.runId).toBe(runId);
  const model = recorded?.tasks.find(({ nodeId }) => nodeId === "model");
  expect(model?.files.map(({ path }) => path)).toEqual(["h1", "h2"]);
  expect(model?.files[0]?.afterSeconds).toBeLessThan(model?.files[1]?.afterSeconds ?? 0);
  expect(model?.durationSeconds).toBeGreaterThan(0.5);
});
