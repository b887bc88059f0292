import { expect, test } from "vitest";
import { areaExposure } from "@/lib/transport/area-exposure";

test("an area meets smoke from its first cell on, and its mean is weighted by ground", () => {
  const shares = [
    { cell: 1, areaM2: 300 },
    { cell: 2, areaM2: 100 },
  ];
  const hours = [
    [90, 0, 0.5],
    [0, 4, 20],
    [0, 12, Number.NaN],
  ];
  expect(areaExposure(shares, hours)).toEqual({
    ...{ arrivalHour: 2, highestUgM3: 20, highestHour: 2, highestMeanUgM3: 12 },
    hoursAbove: [2, 1, 0, 0, 0, 0],
  });
  expect(areaExposure(shares, [[9, 0, 0]])).toMatchObject({ arrivalHour: null, highestHour: null, highestUgM3: 0 });
});
