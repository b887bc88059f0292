import { expect, test } from "vitest";
import { cellsOf, flatIndex, slabsOf } from "@/lib/formats/slabs";

test.each([
  [[4, 3, 5], 7],
  [[4, 3, 5], 15],
  [[4, 3, 5], 1000],
  [[4, 3, 5], 1],
  [[17], 4],
  [[], 3],
])("slabs of %j with at most %d cells cover it once and in order", (shape, maxCells) => {
  let next = 0;
  for (const { start, count, offset } of slabsOf(shape, maxCells)) {
    expect(offset).toBe(next);
    expect(flatIndex(shape, start)).toBe(offset);
    expect(cellsOf(count)).toBeLessThanOrEqual(maxCells);
    next += cellsOf(count);
  }
  expect(next).toBe(cellsOf(shape));
});

test("an array without cells has no slabs", () => {
  expect([...slabsOf([3, 0, 2], 10)]).toEqual([]);
});
