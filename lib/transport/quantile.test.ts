import { expect, test } from "vitest";
import { quantile } from "@/lib/transport/quantile";

test("a quantile lies between the ordered values, and of none there is none", () => {
  const ordered = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect([quantile(ordered, 0), quantile(ordered, 0.5), quantile(ordered, 1)]).toEqual([1, 5.5, 10]);
  expect(quantile(ordered, 0.9)).toBeCloseTo(9.1, 9);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});
