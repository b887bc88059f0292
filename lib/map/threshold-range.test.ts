import { expect, test } from "vitest";
import { thresholdRange } from "@/lib/map/threshold-range";

test.each([
  { breaks: [0, 5, 24], range: { lowest: 0, highest: 24, step: 0.5 } },
  { breaks: [264.15, 312.15], range: { lowest: 264.15, highest: 312.15, step: 0.5 } },
  { breaks: [10, 15, 25, 150], range: { lowest: 10, highest: 150, step: 2 } },
  { breaks: [3], range: { lowest: 3, highest: 4, step: 1 } },
])("a threshold on $breaks goes in round steps", ({ breaks, range }) => {
  expect(thresholdRange(breaks)).toEqual(range);
});
