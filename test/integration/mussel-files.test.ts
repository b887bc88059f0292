import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunView } from "@/lib/dag/run-view";
import { statusReportSchema } from "@/lib/farms/status-report";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { asId, type ProductId } from "@/lib/ids";
import { readRunResult } from "@/server/cli/run/run-result";
import { runContained } from "@/server/executors/run-contained";
import { openDataset } from "@/server/formats/open-dataset";
import { requestRun } from "@/server/services/runs/request-run";
import { readPlacedArtifacts } from "@/server/store/artifact";
import { aFolder } from "@/test/fixtures/a-folder";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aCollection, aFarm, aSource } from "@/test/fixtures/a-mussel-request";
import { programsPath } from "@/test/fixtures/programs-path";
import { isAbsent, reference } from "@/test/fixtures/reference";

const nordic = "data/roms/nordic4_avg_3days.nc";
const days = ["1", "2", "3"].map((day) => `data/roms/nordic4_avg_day${day}.nc`);
const upwelling = "data/models/roms_upwelling_his.nc";
const noCurrents = "data/roms/roms_tools_grid.nc";
const noEpoch = "data/roms/tracpy_ocean_his_0001.nc";

let host: Host;
beforeAll(async () => {
  host = await aHost();
  await host.startWorker();
});
afterAll(() => host[Symbol.asyncDispose]());

async function inventoryOf(files: readonly string[]): Promise<SeaInventory> {
  await using folder = await aFolder();
  const params = { sea: files.map(reference), source: "file" };
  await runContained({ programsPath, program: "inspect", params, scratch: folder.path, timeoutSeconds: 60 });
  return JSON.parse(await readFile(join(folder.path, "out/inventory.json"), "utf8"));
}

async function ended(input: Readonly<Record<string, unknown>>, files: readonly string[]): Promise<RunView> {
  const { runId } = await requestRun(host.ctx, { pipelineId: "mussel", input, sea: await inventoryOf(files) });
  return host.ended(runId);
}

/** Text of a file that a run made. */
async function readMade(view: RunView, name: string): Promise<string> {
  const nodes = view.nodes.map(({ id }) => id);
  const made = (await readPlacedArtifacts(host.ctx.db, view.id, nodes)).find(({ path }) => path === name);
  return readFile(join(made?.scratch ?? "", "out", name), "utf8");
}

const town = aSource(13.3, 67.35, {
  name: "Town",
  effluent: "untreated",
  flowM3s: 0.5,
  depth: 10,
  overflow: { thresholdMmPerHour: 2, m3sPerMmPerHour: 0.4 },
});
const request = {
  start: "2016-02-02T12:00:00Z",
  hours: 5,
  spinUpHours: 0,
  gapHours: 24,
  outfalls: aCollection(town),
  farms: aCollection(aFarm(13.28, 67.33, 0.06), aFarm(14.0, 67.34, 0.05, "Far")),
  rain: "heavy",
};

describe.skipIf([nordic, ...days].some(isAbsent))("daily means of ROMS off Norway (data/roms)", () => {
  test("drive bacteria to a farm: a map for each hour, a closed balance, a predicted status with its reason", async () => {
    const view = await ended(request, [nordic]);
    expect([view.state, view.reason]).toEqual(["completed", null]);
    const ledger = JSON.parse(await readMade(view, "ledger.json"));
    expect(ledger).toMatchObject({ steps: 5, derived: ["w", "AKt"] });
    for (const hour of ledger.hours) expect(Math.abs(hour.relativeError)).toBeLessThan(1e-9);
    // 0.5 m3/s of 1e7 CFU/100 ml, and 8 mm/h above the threshold of 2.5e6.
    expect(ledger.emitted / (5 * 3600 * (0.5 * 1e7 + 8 * 0.4 * 2.5e6) * 1e4)).toBeCloseTo(1, 6);
    expect(ledger.decayed).toBeGreaterThan(0);

    const report = statusReportSchema.parse(JSON.parse(await readMade(view, "predicted-status.json")));
    const [near, far] = report.farms;
    expect(near?.days[0]?.reason?.sources).toMatchObject([{ name: "Town", share: 1 }]);
    expect(near?.days[0]?.reason?.overflowShare).toBeGreaterThan(0.3);
    expect(near?.days[0]?.notAbove[0]).toBeLessThan(0.5);
    expect(far?.days[0]).toMatchObject({ notAbove: [1, 1, 1, 1], waterMax: 0, reason: null });
    const labels = report.degraded.map(({ code }) => code);
    expect(labels).toEqual(["w-derived", "akt-assumed", "gap", "concentration-default", "cold-start"]);
    for (const bulletin of ["bulletin.en.html", "bulletin.en.txt"])
      expect(await readMade(view, bulletin)).toContain("not a food-safety decision");
    expect(await readMade(view, "bulletin.it.html")).toContain("Stato previsto");

    const { products } = await readRunResult(host.ctx, view, [asId<ProductId>("mussel")]);
    expect(Object(products[0]?.stats).steps).toBe(5);
    const published = await openDataset(products[0]?.netcdf ?? "");
    expect(published.dimensions).toMatchObject({ time: 5 });
    await published.close();
  });

  test("in three files make the same inventory of times as in one", async () => {
    const [one, three] = [await inventoryOf([nordic]), await inventoryOf(days)];
    expect(three.frames.map(({ validAtUtc }) => validAtUtc)).toEqual(one.frames.map(({ validAtUtc }) => validAtUtc));
    expect(three.files).toHaveLength(3);
  });

  test("are refused before anything is queued when their gap was not allowed", async () => {
    const { gapHours: _, ...plain } = request;
    await expect(ended(plain, [nordic])).rejects.toMatchObject({ code: "sea-gap-too-long", fields: { hours: 24 } });
  });

  test("stop a run before the model when a source lies on land, and tell how far the sea is", async () => {
    const inland = aCollection({ ...town, geometry: { type: "Point", coordinates: [15.4, 67.35] } });
    const view = await ended({ ...request, outfalls: inland }, [nordic]);
    expect(view.state).toBe("failed");
    expect(view.reason).toMatch(/Town at 67.35, 15.4 lies on land.*nearest sea is \d+ m/);
    expect(view.nodes.find(({ id }) => id === "bacteria")?.state).not.toBe("succeeded");
  });
});

test.skipIf(isAbsent(upwelling))(
  "the upwelling case of ROMS, a plane in year 1, drives a run (data/models)",
  async () => {
    const input = {
      start: "0001-01-01T06:00:00Z",
      hours: 4,
      spinUpHours: 0,
      gapHours: 6,
      outfalls: aCollection(aSource(0.18, 0.36, { name: "Pipe", effluent: "primary", flowM3s: 1, depth: 5 })),
      farms: aCollection(aFarm(0.16, 0.34, 0.05)),
    };
    const view = await ended(input, [upwelling]);
    expect([view.state, view.reason]).toEqual(["completed", null]);
    const ledger = JSON.parse(await readMade(view, "ledger.json"));
    expect(Math.abs(ledger.relativeError)).toBeLessThan(1e-9);
    expect(ledger.derived).not.toContain("w");
    const report = statusReportSchema.parse(JSON.parse(await readMade(view, "predicted-status.json")));
    expect(report.degraded.map(({ code }) => code)).toContain("places-missing");
    expect(report.farms[0]?.days[0]?.waterMax).toBeGreaterThan(0);
  },
);

test.skipIf(isAbsent(noCurrents))("files without currents are refused by what they lack (data/roms)", async () => {
  await expect(inventoryOf([noCurrents])).rejects.toMatchObject({
    code: "sea-unsuitable",
    fields: { missing: "u, v" },
  });
});

test.skipIf(isAbsent(noEpoch))("files that do not say from when they count are refused (data/roms)", async () => {
  await expect(inventoryOf([noEpoch])).rejects.toMatchObject({ code: "time-undefined" });
});
