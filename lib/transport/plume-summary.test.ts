import { expect, test } from "vitest";
import { PlumeSummary } from "@/lib/transport/plume-summary";

test("a run of one member tells when the smoke came, how long and how much", () => {
  const summary = new PlumeSummary(3, 1);
  summary.cover([1, 1, 1]);
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
  summary.cover([4, 4]);
  for (const [member, hour] of [2, 4, 6].entries()) summary.add(member, hour, [20, member === 0 ? 20 : 0]);
  const { arrivalHours, arrivalShare, hoursAbove } = summary.fields();
  expect(arrivalHours[1]?.[0]).toBe(4);
  expect(arrivalHours[1]?.[1]).toBeNaN();
  expect([...arrivalShare]).toEqual([0.75, 0.25]);
  expect(hoursAbove[0]?.[0]).toBe(0.75);
});

test("nothing is told of a cell that never has a value", () => {
  const summary = new PlumeSummary(2, 1);
  summary.cover([0, 0]);
  summary.add(0, 1, [Number.NaN, Number.NaN]);
  summary.cover([1, 0]);
  summary.add(0, 2, [0, Number.NaN]);
  const { arrivalHours, arrivalShare, hoursAbove, maximum, dose } = summary.fields();
  const told = [arrivalShare, maximum, dose, ...hoursAbove];
  for (const field of told) expect([...field]).toEqual([0, Number.NaN]);
  for (const field of arrivalHours) expect([...field]).toEqual([Number.NaN, Number.NaN]);
});

test("members without weather in a cell count neither as reached nor as clean", () => {
  const summary = new PlumeSummary(2, 4);
  summary.cover([2, 1]);
  for (const member of [0, 1]) summary.add(member, 1, [20 + member, member === 0 ? 20 : 0]);
  const { arrivalHours, arrivalShare, hoursAbove, maximum } = summary.fields();
  expect([arrivalHours[1]?.[0], arrivalShare[0], hoursAbove[1]?.[0], maximum[0]]).toEqual([1, 1, 1, 20.5]);
  expect([arrivalShare[1], maximum[1]]).toEqual([Number.NaN, Number.NaN]);
});
