import { expect, test } from "vitest";
import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { rainRate } from "@/lib/formats/wrf/rain-rate";

test("rain is the difference of the sums per hour, and a restart counts from zero", () => {
  const before = aFrame(0, 0, [1, 2, 3, 4]);
  expect([...rainRate(before, aFrame(2, 0, [1, 4, 3.5, 1]))]).toEqual([0, 1, 0.25, 0.5]);
});

test("the sums of a moving nest are compared at the same place", () => {
  const before = aFrame(0, 0, [1, 2, 3, 4]);
  expect([...rainRate(before, aFrame(1, 1, [2.5, 9, 4, 9]))]).toEqual([0.5, 9, 0, 9]);
});

/** 2 x 2 cells, the grid moved eastward by some cells; only what rain needs. */
function aFrame(hour: number, cellsEast: number, accumulatedRainMm: readonly number[]): WrfFrame {
  const none = new Float32Array(0);
  const projection = { name: "mercator", trueLat1: 0, standLon: 14, radiusM: 6_370_000 } as const;
  return {
    validAtUtc: `2026-07-01T0${hour}:00:00Z`,
    grid: { kind: "projected", nX: 2, nY: 2, projection, x0: 1000 * cellsEast, y0: 0, dX: 1000, dY: 1000 },
    window: { i0: 0, j0: 0, nX: 2, nY: 2 },
    nZ: 0,
    u: none,
    v: none,
    w: none,
    heightWM: none,
    heightMassM: none,
    densityKgPerM3: none,
    potentialTemperatureK: none,
    u10: none,
    v10: none,
    t2K: none,
    surfacePressurePa: none,
    boundaryLayerHeightM: none,
    frictionVelocityMetresPerSecond: none,
    sensibleHeatFluxWPerM2: none,
    accumulatedRainMm: Float32Array.from(accumulatedRainMm),
    terrainHeightM: none,
    landMask: new Uint8Array(0),
    mapFactor: none,
    degraded: [],
  };
}
