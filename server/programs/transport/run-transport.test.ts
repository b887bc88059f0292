import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import { openNetcdf } from "@/server/formats/open-netcdf";
import { runTransport } from "@/server/programs/transport/run-transport";
import { analyticFrame } from "@/test/fixtures/analytic-frame";

const start = "2026-07-01T00:30:00Z";
const grid = { kind: "latlon", nX: 40, nY: 30, lon0: 0.05, lat0: 0.05, dLon: 0.015, dLat: 0.015 } as const;
const text = { en: "smoke", it: "fumo" };
const params = {
  lat: 0.2,
  lon: 0.15,
  start,
  hours: 2,
  areaHa: 10,
  fuel: "maquis",
  seed: 3,
  particles: 1500,
  product: {
    productId: asId<ProductId>("smoke"),
    pipelineId: asId<PipelineId>("smoke"),
    title: text,
    domain: "fire",
    grid,
    times: ["2026-07-01T01:30:00Z", "2026-07-01T02:30:00Z"],
    variables: [],
    attributes: {},
    degraded: [],
    demonstration: true,
    licence: "CC-BY-4.0",
    citation: "-",
  },
} as const;

async function aRun(given: { onWater?: boolean } = {}) {
  const out = await mkdtemp(join(tmpdir(), "nereus-transport-"));
  const calm = analyticFrame({ wind: () => [4, 1, 0] });
  const raw = given.onWater ? { ...calm, landMask: calm.landMask.map(() => 0) } : calm;
  const bounds = { south: 0, north: 0.7, west: 0, east: 0.7 };
  const frames = ["00:00:00", "01:00:00", "02:00:00", "03:00:00"].map((time, record) => {
    return { validAtUtc: `2026-07-01T${time}Z`, file: 0, record, grid: raw.grid, bounds };
  });
  const lines: string[] = [];
  const read: number[] = [];
  await runTransport({
    params: {
      ...params,
      product: { ...params.product, variables: [], times: [...params.product.times], degraded: [] },
    },
    grid,
    frames,
    out,
    log: (line) => lines.push(line),
    readFrame: (frame) => {
      read.push(frame.record);
      return Promise.resolve({ ...raw, validAtUtc: frame.validAtUtc });
    },
  });
  const ledger = JSON.parse(await readFile(join(out, "ledger.json"), "utf8"));
  return { out, lines, read, ledger, [Symbol.asyncDispose]: () => rm(out, { recursive: true }) };
}

test("each hour is one file that reads back on the product's grid at the end of its hour", async () => {
  await using run = await aRun();
  expect((await readdir(join(run.out, "hours"))).sort()).toEqual(["smoke_0001.nc", "smoke_0002.nc"]);
  const hour = await openNetcdf(join(run.out, "hours/smoke_0002.nc"));
  const pm25 = await hour.readRaw("pm25");
  expect(hour.dimensions).toMatchObject({ time: 1, lat: 30, lon: 40 });
  expect([...(await hour.readRaw("time"))]).toEqual([Date.parse("2026-07-01T02:30:00Z") / 1000]);
  expect(pm25.filter((value) => value > 0).length).toBeGreaterThan(20);
  expect(pm25.every((value) => !(value < 0))).toBe(true);
  await hour.close();
});

test("only the frames around the run are read, each once", async () => {
  await using run = await aRun();
  expect(run.read).toEqual([0, 1, 2, 3]);
  expect(run.lines.filter((line) => line.startsWith("hour "))).toHaveLength(2);
});

test("the ledger closes in every hour and names model, seed and particles", async () => {
  await using run = await aRun();
  expect(run.ledger).toMatchObject({ seed: 3, particles: 1500, steps: 2, warnings: [] });
  expect(run.ledger.emittedKg).toBeCloseTo(1075.5, 3);
  for (const hour of run.ledger.hours) expect(Math.abs(hour.ledger.relativeError)).toBeLessThan(1e-9);
});

test("a fire over water runs and says so", async () => {
  await using run = await aRun({ onWater: true });
  expect(run.ledger.warnings).toEqual(["fire-over-water"]);
  expect(run.ledger.steps).toBe(2);
});
