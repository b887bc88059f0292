import { expect, test } from "vitest";
import { digitsOf } from "@/lib/formats/vector/csv-table";

test.each([
  [0, 0],
  [1, 0],
  [10, 0],
  [0.1, 1],
  [0.005, 3],
  [0.05, 2],
  [-0.25, 2],
  [1e-10, 10],
  [2.5e-13, 14],
])("a step of %d needs %d digits", (scale, digits) => {
  expect(digitsOf(scale)).toBe(digits);
});
