import { expect, test } from "vitest";
import { padArray } from "@/lib/formats/pad-array";

test("an array lies in the low corner of the larger one", () => {
  const from = { values: Int16Array.of(1, 2, 3, 4, 5, 6), shape: [1, 2, 3] };
  expect(padArray(from, [2, 3, 4], -9)).toEqual(
    Int16Array.of(...[1, 2, 3, -9], ...[4, 5, 6, -9], ...Array.from({ length: 16 }, () => -9)),
  );
});

test("nothing becomes all fill, and equal shapes a copy", () => {
  expect(padArray({ values: new Float32Array(), shape: [0, 2] }, [1, 2], 7)).toEqual(Float32Array.of(7, 7));
  expect(padArray({ values: Float64Array.of(1, 2), shape: [2] }, [2], 7)).toEqual(Float64Array.of(1, 2));
});
