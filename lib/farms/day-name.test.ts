import { expect, test } from "vitest";
import { dayName } from "@/lib/farms/day-name";

const now = "2026-07-01T22:30:00Z"; // 2 July, 00:30 in the portal's time

test.each([
  ["2026-06-30T00:00:00Z", null],
  ["2026-07-01T00:00:00Z", null],
  ["2026-07-02T00:00:00Z", "today"],
  ["2026-07-03T00:00:00Z", "tomorrow"],
  ["2026-07-03T23:00:00Z", "afterTomorrow"],
  ["2026-07-06T00:00:00Z", null],
])("a day from %s is %s", (fromUtc, name) => {
  expect(dayName(fromUtc, now)).toBe(name);
});

test("a day of 25 hours is one day", () => {
  expect(dayName("2026-10-25T23:30:00Z", "2026-10-24T22:30:00Z")).toBe("tomorrow");
});
