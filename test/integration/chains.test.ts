import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matchesGlob } from "@/lib/dag/glob";
import type { RunView } from "@/lib/dag/run-view";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { envappChain, envappWeek } from "@/pipelines/envapp-chain/pipeline";
import { smokeChain } from "@/pipelines/smoke-chain/pipeline";
import { readRunResult } from "@/server/cli/run/run-result";
import { openDataset } from "@/server/formats/open-dataset";
import { requestRun } from "@/server/services/runs/request-run";
import { readPlacedArtifacts } from "@/server/store/artifact";
import { readEvents } from "@/server/store/event";
import { aHost, type Host } from "@/test/fixtures/a-host";

let host: Host;
beforeAll(async () => {
  host = await aHost();
  await host.startWorker();
});
afterAll(() => host[Symbol.asyncDispose]());

const start = "2026-07-01T00:00:00Z";
const runOf = async (module: PipelineModule, input: Readonly<Record<string, unknown>>): Promise<RunView> => {
  const { id } = module.definition;
  const { runId } = await requestRun(host.ctx, { pipelineId: id, input: { start, ...input }, module });
  return host.ended(runId);
};
const resultOf = (view: RunView, module: PipelineModule) =>
  readRunResult(
    host.ctx,
    view,
    module.definition.products.map(({ id }) => id),
  );
/** Tasks of the original chain; what brings its files to the map is ours. */
const original = (module: PipelineModule) =>
  module.definition.nodes.filter(({ id }) => !/^(publish|close(-.*)?)$/.test(id));

/** Placed files of a run by node. */
async function filesOf(view: RunView): Promise<ReadonlyMap<string, readonly string[]>> {
  const placed = await readPlacedArtifacts(
    host.ctx.db,
    view.id,
    view.nodes.map(({ id }) => id),
  );
  const byNode = new Map<string, string[]>();
  for (const { nodeId, scratch, path } of placed)
    byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), join(scratch, "out", path)]);
  return byNode;
}

async function expectReadable(paths: readonly string[]): Promise<void> {
  for (const path of paths) await (await openDataset(path)).close();
}

describe("the chain WRF, ROMS, WaComM++", () => {
  test("has 18 tasks for one day and 54 for seven", () => {
    expect([original(envappChain).length, original(envappWeek).length]).toEqual([18, 54]);
  });

  test("makes files under their true names and shows weather, sea and outfalls", async () => {
    const view = await runOf(envappChain, { hoursPerDay: 4, paceSeconds: 0 });
    expect([view.state, view.reason]).toEqual(["completed", null]);
    const files = await filesOf(view);
    const named = (node: string, ...globs: readonly string[]) => {
      const names = (files.get(node) ?? []).map((path) => path.slice(path.indexOf("/out/") + 5));
      for (const glob of globs) expect(names.filter((name) => matchesGlob(glob, name))).not.toEqual([]);
    };
    named("gfsdownloader", "data/20260701/20260701Z00/*.grib2");
    named("downloadcopernicusdata", "data/myoc_d00_20260701_cur.nc", "data/myoc_d00_20260707_ssh.nc");
    named("metgrid", "met_em.d01.2026-07-01_00:00:00.nc", "met_em.d03.2026-07-01_03:00:00.nc");
    named("real", "wrfbdy_d01", "wrfinput_d03");
    named("wrf_0", "wrfout_d03_2026-07-01_02:00:00", "wrfrst_d01_2026-07-02_00:00:00", "rsl.out.0000");
    named("roms", "output/ocean_his_0003.nc");
    named("wacommpp", "output/wacomm_his_20260701Z02.nc", "history/WACOMM_rst_20260701Z00.txt");
    const isText = (path: string) =>
      /namelist|rsl\.out|FILE:|\.txt$|fragment\.json|map\.zarr/.test(basename(path) + path);
    await expectReadable([...files.values()].flat().filter((path) => !isText(path)));

    const { products } = await resultOf(view, envappChain);
    expect(products.map(({ id, stats }) => [id, Object(stats).steps])).toEqual([
      ["wrf5", 4],
      ["rms3", 4],
      ["wcm3", 4],
    ]);
    const [weather, sea] = products.map(({ stats }) => Object(stats).variables);
    // As the stand-ins make them: 5 +- 3 m/s, and 22 degrees at the top level with eddies of 1.
    expect([weather.wind_speed.min, weather.wind_speed.max]).toEqual([2, 8].map((value) => expect.closeTo(value, 0)));
    expect([sea.sst.min, sea.sst.max]).toEqual([21, 23].map((value) => expect.closeTo(value, 1)));
  }, 120_000);

  test("of seven days shows its first layer while the first day of the model still runs", async () => {
    const view = await runOf(envappWeek, { hoursPerDay: 2, paceSeconds: 0.5 });
    expect([view.state, view.reason, view.completeness]).toEqual(["completed", null, "complete"]);
    const events = await readEvents(host.ctx.db, view.id, { after: 0, limit: 10_000 });
    const first = (is: (event: (typeof events)[number]) => boolean) => events.find(is)?.id ?? Number.NaN;
    const file = first(
      ({ kind, nodeId, data }) =>
        kind === "artifact-committed" && nodeId === "wrf_0" && /wrfout_d03/.test(String(data.path)),
    );
    const layer = first(({ kind }) => kind === "step-published");
    const end = first(
      ({ kind, nodeId, data }) => kind === "node-state" && nodeId === "wrf_6" && data.state === "completed",
    );
    expect([file, layer, end]).toEqual([...[file, layer, end]].sort((one, other) => one - other));

    const { timings, products } = await resultOf(view, envappWeek);
    expect(timings.firstFileMs).toBeLessThan(timings.firstLayerMs ?? 0);
    expect(products.map(({ id, stats }) => [id, Object(stats).steps])).toEqual([
      ["wrf5", 14],
      ["rms3", 14],
      ["wcm3", 14],
    ]);
    // Each hour of the sea went to the publishing task of its own day.
    expect(view.tasks.filter(({ nodeId }) => nodeId === "publishromsoutput_3")).toHaveLength(2);
  }, 240_000);
});

describe("the smoke chain", () => {
  test("has 11 tasks, runs them in order and shows the plume", async () => {
    expect(original(smokeChain)).toHaveLength(11);
    const view = await runOf(smokeChain, { hours: 3, paceSeconds: 0 });
    expect([view.state, view.reason]).toEqual(["completed", null]);
    const startOf = new Map(view.tasks.map(({ nodeId, startedAt }) => [nodeId as string, startedAt ?? ""]));
    const inOrder = ["dst", "lnd2", "terrel", "makegeo", "calmet", "calpufff", "calpost", "www"].map((id) =>
      startOf.get(id),
    );
    expect(inOrder).toEqual([...inOrder].sort());

    const files = await filesOf(view);
    await expectReadable(["dst", "makegeo", "calmet", "calpufff", "calpost"].flatMap((node) => files.get(node) ?? []));
    expect(files.get("www")?.map((path) => basename(path))).toContain("20260701Z02.kml");
    const { products, timings } = await resultOf(view, smokeChain);
    expect(products.map(({ id, stats }) => [id, Object(stats).steps])).toEqual([["calpuff", 3]]);
    expect(timings.firstLayerMs).toBeLessThan(timings.totalMs ?? 0);
  }, 120_000);
});
