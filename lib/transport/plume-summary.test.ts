import { expect, test } from "vitest";
import { PlumeSummary } from "@/lib/transport/plume-summary";

test("a run of one member tells when the smoke came, how long and how much", () => {
  const summary = new PlumeSummary(3, 1);
  summary.add(0, 1, [0, 0.5, Number.NaN]);
  summary.add(0, 2, [20, 2, 0]);
  summary.add(0, 3, [60, 0, 0]);
  const { arrivalHours, arrivalShare, hoursAbove, maximum, dose } = summary.fields();
  expect(arrivalHours.map((field) => [...field])).toEqual([
    [2, 2, Number.NaN],
    [2, Number.NaN, Number.NaN],
  ]);
  expect([...arrivalShare]).toEqual([1, 0, 0]);
  expect(hoursAbove.map((field) => field[0])).toEqual([2, 2, 1, 1, 1, 0]);
  expect([...maximum]).toEqual([60, 2, 0]);
  expect([...dose]).toEqual([80, 2.5, 0]);
});

test("arrival needs half of the members, and is the median of those that see the smoke", () => {
  const summary = new PlumeSummary(2, 4);
  for (const [member, hour] of [2, 4, 6].entries()) summary.add(member, hour, [20, member === 0 ? 20 : 0]);
  const { arrivalHours, arrivalShare, hoursAbove } = summary.fields();
  expect(arrivalHours[1]?.[0]).toBe(4);
  expect(arrivalHours[1]?.[1]).toBeNaN();
  expect([...arrivalShare]).toEqual([0.75, 0.25]);
  expect(hoursAbove[0]?.[0]).toBe(0.75);
});
