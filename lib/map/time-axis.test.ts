import { expect, test } from "vitest";
import { nearestPublished, nearestStep, prefetchOrder } from "@/lib/map/time-axis";

const times = ["2026-07-01T00:00:00Z", "2026-07-01T01:00:00Z", "2026-07-01T02:00:00Z"];
const step = (index: number) => ({ index, validAtUtc: "", committedAtUtc: "", extremes: {} });

test.each([
  ["2026-07-01T00:29:00Z", 0],
  ["2026-07-01T00:30:00Z", 0],
  ["2026-07-01T00:31:00Z", 1],
  ["2026-06-01T00:00:00Z", 0],
  ["2026-08-01T00:00:00Z", 2],
])("the step nearest to %s is %d", (instant, expected) => {
  expect(nearestStep(times, Date.parse(instant))).toBe(expected);
});

test("no times have no nearest step", () => {
  expect(nearestStep([], 0)).toBe(-1);
});

test("while a run goes on the nearest published step is shown", () => {
  expect(nearestPublished([], 5)).toBe(-1);
  expect(nearestPublished([step(0), step(1), step(2)], 9)).toBe(2);
  expect(nearestPublished([step(0), step(7)], 5)).toBe(7);
});

test("steps are fetched from the one shown: six ahead first, then outward, each once and only published ones", () => {
  const published = new Set(Array.from({ length: 20 }, (_, index) => index));
  const order = prefetchOrder(5, published);
  expect(order.slice(0, 11)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 4, 13, 3]);
  expect(order.toSorted((a, b) => a - b)).toEqual([...published]);
  expect(prefetchOrder(3, new Set([0, 3]))).toEqual([3, 0]);
});
