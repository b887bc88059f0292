import { expect, test } from "vitest";
import { bufferedAhead, isEnoughToPlay } from "@/lib/map/buffered-ahead";

const steps = (...indices: number[]) => new Set(indices);

test.each([
  { step: 0, loaded: steps(0, 1, 2, 3), ahead: { loaded: 3, published: 5 } },
  { step: 0, loaded: steps(0, 2, 3), ahead: { loaded: 0, published: 5 } },
  { step: 3, loaded: steps(4, 6), ahead: { loaded: 2, published: 2 } },
  { step: 6, loaded: steps(6), ahead: { loaded: 0, published: 0 } },
])("ahead of step $step with a hole in the run: $ahead", ({ step, loaded, ahead }) => {
  expect(bufferedAhead(step, steps(0, 1, 2, 3, 4, 6), loaded)).toEqual(ahead);
});

test("playing starts with four seconds in memory or with the whole rest of a run", () => {
  expect(isEnoughToPlay({ loaded: 8, published: 40 }, 450)).toBe(false);
  expect(isEnoughToPlay({ loaded: 9, published: 40 }, 450)).toBe(true);
  expect(isEnoughToPlay({ loaded: 2, published: 2 }, 450)).toBe(true);
});
