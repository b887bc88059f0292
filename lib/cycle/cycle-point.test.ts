import { expect, test } from "vitest";
import {
  cyclePointOf,
  instantOf,
  latestSynopticCycle,
  minuteCyclePointOf,
  readCycleTime,
} from "@/lib/cycle/cycle-point";

test("an instant is written as its hour in UTC", () => {
  expect(cyclePointOf(new Date("2026-07-01T02:00:00+02:00"))).toBe("2026-07-01T00Z");
});

test.each([
  ["2026-07-01T00:00:00Z", "2026-07-01T00Z"],
  ["2026-07-01T05:59:59Z", "2026-07-01T00Z"],
  ["2026-07-01T23:10:00Z", "2026-07-01T18Z"],
])("at %s the latest cycle is %s", (now, cycle) => {
  expect(latestSynopticCycle(new Date(now))).toBe(cycle);
});

test.each([
  ["2026-07-01", "first", "2026-07-01T00:00:00.000Z"],
  ["2026-07-01", "last", "2026-07-01T23:59:00.000Z"],
  ["2026-07-01T06Z", "last", "2026-07-01T06:00:00.000Z"],
  ["2026-07-01T06:10Z", "first", "2026-07-01T06:10:00.000Z"],
] as const)("%s as the %s of a range is %s", (text, edge, at) => {
  expect(readCycleTime(text, edge).toISOString()).toBe(at);
});

test.each(["2026-06-31", "yesterday", "2026-07-01T25Z", ""])("%j is no cycle", (text) => {
  expect(() => readCycleTime(text, "first")).toThrow("cycle-invalid");
});

test("a cycle within the hour keeps its minutes and comes back as its instant", () => {
  expect(minuteCyclePointOf(new Date("2026-07-01T00:10:00Z"))).toBe("2026-07-01T00:10Z");
  expect(instantOf(minuteCyclePointOf(new Date("2026-07-01T00:10:00Z"))).toISOString()).toBe(
    "2026-07-01T00:10:00.000Z",
  );
  expect(minuteCyclePointOf(new Date("2026-07-01T06:00:00Z"))).toBe("2026-07-01T06Z");
});
