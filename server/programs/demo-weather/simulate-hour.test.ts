import { describe, expect, test } from "vitest";
import { demoDomain } from "@/lib/geo/demo-domain";
import { locate } from "@/lib/geo/locate";
import { prepareBalance } from "@/server/programs/demo-weather/balance-mass";
import { buildDomain, nZ } from "@/server/programs/demo-weather/domain";
import { rainOfHour } from "@/server/programs/demo-weather/rain";
import { simulateHour } from "@/server/programs/demo-weather/simulate-hour";

const { nX, nY, dX } = demoDomain;
const cells = nX * nY;
const domain = buildDomain();
const at = (time: string) => Date.parse(time) / 3_600_000;
const noon = simulateHour(domain, prepareBalance(domain), at("2026-07-01T12:00:00Z"));
const night = simulateHour(domain, prepareBalance(domain), at("2026-07-02T02:00:00Z"));

describe("the demonstration domain", () => {
  test("covers 13-16 E, 39.9-41.6 N", () => {
    for (const lon of [13, 16])
      for (const lat of [39.9, 41.6]) {
        const { i, j } = locate(demoDomain, lon, lat);
        expect(Math.min(i, j, nX - 1 - i, nY - 1 - j)).toBeGreaterThan(-0.5);
      }
  });

  test.each([
    ["Naples", 40.87, 14.27, 1],
    ["Avellino", 40.91, 14.79, 1],
    ["Salerno's hinterland", 40.72, 14.83, 1],
    ["the Gulf of Naples", 40.7, 14.2, 0],
    ["the Gulf of Salerno", 40.5, 14.7, 0],
    ["the open Tyrrhenian Sea", 40.2, 13.3, 0],
  ])("knows %s", (_, lat, lon, isLand) => {
    const { i, j } = locate(demoDomain, lon, lat);
    expect(domain.landMask[Math.round(j) * nX + Math.round(i)]).toBe(isLand);
  });

  test("is flat at sea and carries Vesuvius", () => {
    expect(domain.terrainM.every((height, cell) => domain.landMask[cell] === 1 || height === 0)).toBe(true);
    const { i, j } = locate(demoDomain, 14.426, 40.821);
    expect(domain.terrainM[Math.round(j) * nX + Math.round(i)]).toBeGreaterThan(600);
  });
});

describe.each([
  ["noon", noon],
  ["night", night],
])("at %s", (_, { wind, air, surface }) => {
  test("every column of air keeps its mass", () => {
    let worst = 0;
    for (let cell = 0; cell < cells; cell += 1) worst = Math.max(worst, Math.abs(columnOutflow(wind, cell)));
    // 1 g m-2 s-1 over a column of 6 t m-2: a vertical wind of 2 mm/s at the top.
    expect(worst).toBeLessThan(1e-3);
  });

  test("no air passes through the top, and vertical winds stay plausible", () => {
    const top = wind.w.subarray(nZ * cells);
    expect(top.reduce((most, w) => Math.max(most, Math.abs(w)), 0)).toBeLessThan(0.003);
    expect(wind.w.reduce((most, w) => Math.max(most, Math.abs(w)), 0)).toBeLessThan(4);
  });

  test("pressure is hydrostatic", () => {
    for (const cell of [0, 4_000, cells - 1])
      for (let k = 1; k < nZ; k += 1) {
        const middle = (level: number) =>
          ((domain.levelM[level * cells + cell] ?? 0) + (domain.levelM[(level + 1) * cells + cell] ?? 0)) / 2;
        const exner = (level: number) => ((air.pressurePa[level * cells + cell] ?? 0) / 1e5) ** (2 / 7);
        const theta =
          ((air.potentialTemperatureK[k * cells + cell] ?? 0) +
            (air.potentialTemperatureK[(k - 1) * cells + cell] ?? 0)) /
          2;
        const wanted = -9.81 / (1_004.5 * theta);
        // float32 pressures leave 1e-3 of the gradient.
        expect((exner(k) - exner(k - 1)) / (middle(k) - middle(k - 1)) / wanted).toBeCloseTo(1, 2);
      }
  });

  test("no layer is lighter below than above", () => {
    const theta = air.potentialTemperatureK;
    expect(theta.every((value, index) => index < cells || value >= (theta[index - cells] ?? 0) - 1e-3)).toBe(true);
  });

  test("all numbers are finite", () => {
    for (const field of [wind.u, wind.v, wind.w, air.pressurePa, ...Object.values(surface)])
      expect(field.every(Number.isFinite)).toBe(true);
  });
});

describe("the day", () => {
  const { i, j } = locate(demoDomain, 14.75, 40.95);
  const inland = Math.round(j) * nX + Math.round(i);

  test("mixes deeply over land at noon and little at night", () => {
    expect(noon.surface.boundaryLayerM[inland]).toBeGreaterThan(900);
    expect(night.surface.boundaryLayerM[inland]).toBeLessThan(500);
    expect(noon.surface.heatFlux[inland]).toBeGreaterThan(100);
    expect(night.surface.heatFlux[inland]).toBeLessThan(0);
  });

  test("blows from the sea by day and from the land by night, compared at the same coast", () => {
    const inflow = ({ surface }: typeof noon) =>
      surface.u10.reduce((sum, u, cell) => {
        const nearShore = Math.abs(domain.coast.distanceM[cell] ?? 0) < 4_000;
        const [x, y] = [domain.coast.inlandX[cell] ?? 0, domain.coast.inlandY[cell] ?? 0];
        return nearShore ? sum + u * x + (surface.v10[cell] ?? 0) * y : sum;
      }, 0);
    expect(inflow(noon)).toBeGreaterThan(inflow(night));
  });

  test("is the same when it is made again, and another on another date", () => {
    const again = simulateHour(domain, prepareBalance(domain), at("2026-07-01T12:00:00Z"));
    expect(bytesOf(again).equals(bytesOf(noon))).toBe(true);
    const other = simulateHour(domain, prepareBalance(domain), at("2026-07-11T12:00:00Z"));
    expect(bytesOf(other).equals(bytesOf(noon))).toBe(false);
  });

  test("brings rain on some days of a month and none on most", () => {
    const days = Array.from({ length: 30 }, (_, day) =>
      rainOfHour(domain, at("2026-06-01T12:00:00Z") + 24 * day).some((rain) => rain > 0.1),
    );
    const wet = days.filter(Boolean).length;
    expect(wet).toBeGreaterThan(2);
    expect(wet).toBeLessThan(28);
  });
});

function bytesOf({ wind, air, surface }: typeof noon): Buffer {
  const fields = [wind, air, surface].flatMap((group) => Object.values(group));
  return Buffer.concat(fields.map((field) => Buffer.from(field.buffer)));
}

/** Mass that leaves a column sideways, kg m-2 s-1, from the stored winds. */
function columnOutflow({ u, v }: typeof noon.wind, cell: number): number {
  const [i, j] = [cell % nX, Math.floor(cell / nX)];
  let outflow = 0;
  for (let k = 0; k < nZ; k += 1) {
    const mass = (column: number, row: number) =>
      domain.layerMass[k * cells + Math.min(nY - 1, Math.max(0, row)) * nX + Math.min(nX - 1, Math.max(0, column))] ??
      0;
    const own = mass(i, j);
    const atU = (column: number) => u[k * (nX + 1) * nY + j * (nX + 1) + column] ?? 0;
    const atV = (row: number) => v[k * nX * (nY + 1) + row * nX + i] ?? 0;
    outflow += (((own + mass(i + 1, j)) / 2) * atU(i + 1) - ((own + mass(i - 1, j)) / 2) * atU(i)) / dX;
    outflow += (((own + mass(i, j + 1)) / 2) * atV(j + 1) - ((own + mass(i, j - 1)) / 2) * atV(j)) / dX;
  }
  return outflow;
}
