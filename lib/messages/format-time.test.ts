import { expect, test } from "vitest";
import { formatDuration, formatInstant, formatUtc } from "@/lib/messages/format-time";

test("local time comes first and UTC beside it", () => {
  expect(formatInstant("2026-07-01T12:00:00Z", "en")).toBe("Wed 1 Jul, 14:00 CEST · 12:00 UTC");
  expect(formatInstant("2026-07-01T12:00:00Z", "it")).toBe("mer 1 lug, 14:00 CEST · 12:00 UTC");
});

test("the UTC day is said when local time has another", () => {
  expect(formatUtc("2026-06-30T22:30:00Z", "en")).toBe("30 Jun, 22:30 UTC");
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [61, "1 min 1 s"],
  [3599, "59 min"],
  [34_800, "9 h 40 min"],
  [47 * 3600, "47 h"],
  [50 * 3600, "2 d 2 h"],
])("%d s reads %s", (seconds, text) => {
  expect(formatDuration(seconds, "en")).toBe(text);
});
