import { expect, test } from "vitest";
import { cyclePointOf, latestSynopticCycle } from "@/lib/cycle/cycle-point";

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
