import { describe, expect, test } from "vitest";
import { metField } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { outputSampling } from "@/lib/transport/output-sampling";
import { SmokeSimulation } from "@/lib/transport/smoke-simulation";
import { type AnalyticWeather, analyticFrame } from "@/test/fixtures/analytic-frame";

const grid = { kind: "latlon", nX: 60, nY: 40, lon0: 0.05, lat0: 0.05, dLon: 0.01, dLat: 0.01 } as const;

function aRun(
  options: { weather?: Partial<AnalyticWeather>; rainMm?: number; seed?: number; sortEvery?: number } = {},
) {
  const weather = { wind: () => [6, 2, 0] as const, layerTopM: 900, ...options.weather };
  const first = analyticFrame(weather);
  const frames = [first, analyticFrame({ ...weather, rainMm: options.rainMm ?? 0 })];
  const [before, after] = frames.map(metField);
  if (before === undefined || after === undefined) throw new Error("two frames");
  const simulation = new SmokeSimulation({
    fire: {
      x: 12_000,
      y: 20_000,
      ground: { kind: "disc", x: 12_000, y: 20_000, radiusM: 180 },
      emittedKg: 1075.5,
      durationSeconds: 3600,
      radiativePowerWatts: 37.7e6,
      flamingShare: 0.75,
      profile: "constant",
    },
    sampling: outputSampling(grid, first.grid),
    particles: 2000,
    seed: options.seed ?? 5,
    sortEverySteps: options.sortEvery ?? 10,
  });
  return { simulation, pair: metPair(before, after, { fromSeconds: 0, toSeconds: 4 * 3600 }) };
}

const hours = (given: Parameters<typeof aRun>[0], count: number) => {
  const { simulation, pair } = aRun(given);
  return Array.from({ length: count }, (_, hour) => {
    simulation.run(pair, (hour + 1) * 3600, 1e-4);
    return { fields: simulation.takeHour(), ledger: simulation.ledger() };
  });
};

describe("the ledger", () => {
  const run = hours({ rainMm: 8 }, 4);

  test("closes to 1e-9 in every hour with all sinks at work", () => {
    for (const { ledger } of run) expect(Math.abs(ledger.relativeError)).toBeLessThan(1e-9);
    const last = run[3]?.ledger;
    for (const kg of [last?.dryKg, last?.wetKg, last?.exitedKg]) expect(kg).toBeGreaterThan(0);
  });

  test("counts the whole emission once the fire is over", () => {
    expect((run[1]?.ledger.emittedKg ?? 0) / 1075.5).toBeCloseTo(1, 6);
    expect(run[3]?.ledger.emittedKg).toBe(run[1]?.ledger.emittedKg);
  });
});

describe("determinism", () => {
  const reference = hours({ rainMm: 8 }, 3);

  test.each([1, 7, 1000])("sorting every %d steps changes no bit", (sortEvery) => {
    expect(hours({ rainMm: 8, sortEvery }, 3)).toEqual(reference);
  });

  test("another seed gives another plume", () => {
    expect(hours({ rainMm: 8, seed: 6 }, 3)).not.toEqual(reference);
  });

  test("a frame boundary inside a step loses no particle and no time", () => {
    const { simulation, pair } = aRun();
    simulation.run(pair, 1830, 1e-4);
    simulation.run(pair, 3600, 1e-4);
    expect(simulation.seconds).toBe(3600);
    expect(simulation.ledger().relativeError).toBe(0);
    expect(simulation.takeHour().pm25.some((value) => value > 0)).toBe(true);
  });
});

describe("the hour's fields", () => {
  test("hold the airborne mass: the column times the area is the mean mass over the hour", () => {
    // Weak wind: nothing leaves the grid, and the blank cells hold little.
    const [, second] = hours({ weather: { wind: () => [0.5, 0.2, 0] } }, 2);
    const { rowAreaM2 } = outputSampling(grid, analyticFrame({}).grid);
    let kg = 0;
    for (const [cell, column] of (second?.fields.column ?? []).entries())
      if (Number.isFinite(column)) kg += column * 1e-6 * (rowAreaM2[Math.trunc(cell / grid.nX)] ?? 0);
    expect(kg).toBeLessThanOrEqual(1075.5);
    expect(kg).toBeGreaterThan(0.97 * 1075.5);
  });

  test("are finite and not negative where there is a value, and blank outside the weather domain", () => {
    const [first] = hours({ weather: { nX: 10, nY: 8 } }, 1);
    const sampling = outputSampling(grid, analyticFrame({}).grid);
    let blank = 0;
    for (const [cell, value] of (first?.fields.pm25 ?? []).entries()) {
      const isInside = (sampling.cellX[cell] ?? 0) <= 36_000 && (sampling.cellY[cell] ?? 0) <= 28_000;
      if (!isInside) expect(value).toBeNaN();
      if (!isInside) blank += 1;
      if (Number.isFinite(value)) expect(value).toBeGreaterThanOrEqual(0);
    }
    expect(blank).toBeGreaterThan(0);
  });

  test("show a value only where it rests on four particles, with the counting error beside it", () => {
    const [first] = hours({}, 1);
    let faint = 0;
    for (const [cell, value] of (first?.fields.pm25 ?? []).entries()) {
      const error = first?.fields.relativeError[cell] ?? 0;
      if (value > 0) expect(error).toBeLessThanOrEqual(0.5);
      else if (value === 0) expect(error).toBeNaN();
      else if (error > 0.5) faint += 1;
      else expect(error).toBeNaN();
    }
    // Below what the particles can show is not the same as beyond the weather: there the error is told.
    expect(faint).toBeGreaterThan(0);
  });

  test("lie downwind of the fire", () => {
    const [, second] = hours({ weather: { wind: () => [5, 0, 0] } }, 2);
    let east = 0;
    let west = 0;
    for (const [cell, value] of (second?.fields.pm25 ?? []).entries()) {
      if (!(value > 0)) continue;
      if ((cell % grid.nX) * grid.dLon + grid.lon0 > 12_000 / 111_177) east += value;
      else west += value;
    }
    expect(east).toBeGreaterThan(20 * west);
  });
});
