import { expect, test } from "vitest";
import { areaExposure } from "@/lib/transport/area-exposure";

const none = Number.NaN;
const shares = [
  { cell: 1, areaM2: 300 },
  { cell: 2, areaM2: 100 },
];
const hour = (pm25: readonly number[], relativeError = pm25.map(() => none)) => ({ pm25, relativeError });

test("an area meets smoke from its first cell on, and its mean is weighted by ground", () => {
  const hours = [hour([90, 0, 0.5]), hour([0, 4, 20]), hour([0, 12, none])];
  expect(areaExposure(shares, hours)).toEqual({
    ...{ arrivalHour: 2, highestUgM3: 20, highestHour: 2, highestMeanUgM3: 12 },
    ...{ hoursAbove: [2, 1, 0, 0, 0, 0], knownShare: 2.75 / 3, isBelowDetection: false },
  });
  const clean = { arrivalHour: null, highestHour: null, highestUgM3: 0, knownShare: 1 };
  expect(areaExposure(shares, [hour([9, 0, 0])])).toMatchObject(clean);
});

test("beyond the weather nothing is known, and that is not clean air", () => {
  const nothing = {
    arrivalHour: null,
    highestUgM3: null,
    highestMeanUgM3: null,
    knownShare: 0,
    isBelowDetection: false,
  };
  expect(areaExposure(shares, [hour([9, none, none])])).toMatchObject(nothing);
});

test("too few particles are smoke below detection: known, and counted as none in the mean", () => {
  const faint = hour([9, 4, none], [none, 0.2, 0.9]);
  expect(areaExposure(shares, [faint])).toMatchObject({ highestMeanUgM3: 3, knownShare: 1, isBelowDetection: true });
  expect(areaExposure(shares, [hour([9, none, none], [none, 0.8, 0.9])])).toMatchObject({
    ...{ highestUgM3: null, highestMeanUgM3: null, knownShare: 1, isBelowDetection: true },
  });
});

test("an area may have more cells than a call may have arguments", () => {
  const many = Array.from({ length: 200_000 }, (_, cell) => ({ cell, areaM2: 1 }));
  const { highestUgM3 } = areaExposure(many, [hour(many.map(({ cell }) => (cell === 150_000 ? 7 : 0)))]);
  expect(highestUgM3).toBe(7);
});
