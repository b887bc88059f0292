import { expect, test } from "vitest";
import { ensembleHour } from "@/lib/transport/ensemble-hour";

test("members without an entry count as clean, and counting errors pool", () => {
  const entries = {
    cell: [1, 1, 1, 2],
    pm25: [30, 10, 20, 0.1],
    relativeError: [0.1, 0.3, 0.2, 0.9],
  };
  const { mean, p50, p90, probability, relativeError } = ensembleHour(entries, [4, 4, 4], 4);
  expect(mean[1]).toBe(15);
  expect(p50[1]).toBe(15);
  expect(p90[1]).toBeCloseTo(27, 5);
  expect(probability.map((field) => field[1])).toEqual([0.5, 0.5, 0.25, 0, 0, 0]);
  expect(relativeError[1]).toBeCloseTo(Math.hypot(3, 3, 4) / 60, 6);
  expect([mean[0], p50[0], relativeError[0]]).toEqual([0, 0, Number.NaN]);
  // One particle of one member: its share of the mean is not shown, that most members are clean is.
  expect([mean[2], p50[2], p90[2]]).toEqual([Number.NaN, 0, Number.NaN]);
});

test("members without weather in a cell say nothing of it: neither smoke nor clean air", () => {
  const entries = { cell: [0, 0, 1], pm25: [30, 10, 40], relativeError: [0.1, 0.1, 0.1] };
  const { mean, p50, p90, probability, relativeError } = ensembleHour(entries, [2, 1, 0, 3], 4);
  expect([mean[0], p50[0], probability[0]?.[0], probability[2]?.[0]]).toEqual([20, 20, 0.5, 0.5]);
  expect(p90[0]).toBeCloseTo(28, 5);
  for (const field of [mean, p50, p90, relativeError, ...probability])
    expect([field[1], field[2]]).toEqual([Number.NaN, Number.NaN]);
  expect([mean[3], p90[3], probability[0]?.[3]]).toEqual([0, 0, 0]);
});
