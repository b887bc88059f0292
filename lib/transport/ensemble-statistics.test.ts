import { expect, test } from "vitest";
import { arrivalIn, ensembleFields, exceedanceShare } from "@/lib/transport/ensemble-statistics";

/** Ten members of two cells; the second has a value in four members only. */
const members = Array.from({ length: 10 }, (_, m) => Float32Array.of(m + 1, m < 4 ? m : Number.NaN));

test("percentiles lie between the ordered members, and a cell that most members lack is blank", () => {
  const { mean, p50, p90, max } = ensembleFields(members.toReversed());
  expect([mean[0], p50[0], max[0]]).toEqual([5.5, 5.5, 10]);
  expect(p90[0]).toBeCloseTo(9.1, 6);
  expect(p50[1]).toBeNaN();
});

test("the share of exceedance is strictly above the threshold", () => {
  expect(exceedanceShare(members, 7)[0]).toBeCloseTo(0.3, 6);
  expect(exceedanceShare(members, 10)[0]).toBe(0);
  expect(exceedanceShare(members, 1)[1]).toBeNaN();
});

test("arrival carries the spread of those members that are reached", () => {
  const hours = [
    [[0], [20], [20]],
    [[0], [0], [20]],
    [[16], [15], [0]],
    [[0], [1], [2]],
  ];
  const arrival = arrivalIn(hours, 0, 15);
  expect(arrival.medianHour).toBe(2);
  expect(arrival.earlyHour).toBeCloseTo(1.2, 9);
  expect(arrival.lateHour).toBeCloseTo(2.8, 9);
  expect(arrival.share).toBe(0.75);
  expect(arrival.meanHours).toBeCloseTo(4 / 3, 9);
  expect(arrivalIn(hours, 0, 100).medianHour).toBeNull();
});
