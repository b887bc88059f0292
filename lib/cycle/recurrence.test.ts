import { expect, test } from "vitest";
import { checkRecurrence, nextInstants } from "@/lib/cycle/recurrence";

const iso = (recurrence: { cron: string; timeZone: string }, after: string, count: number) =>
  nextInstants(recurrence, new Date(after), count).map((at) => at.toISOString());

test("a daily schedule in UTC fires at the same hour", () => {
  expect(iso({ cron: "30 3 * * *", timeZone: "UTC" }, "2026-07-01T03:30:00Z", 2)).toEqual([
    "2026-07-02T03:30:00.000Z",
    "2026-07-03T03:30:00.000Z",
  ]);
});

test("an hour that spring skips fires once that day", () => {
  const days = iso({ cron: "30 2 * * *", timeZone: "Europe/Rome" }, "2026-03-28T12:00:00Z", 3);
  expect(days.map((at) => at.slice(0, 10))).toEqual(["2026-03-29", "2026-03-30", "2026-03-31"]);
});

test("an hour that autumn repeats fires once", () => {
  const days = iso({ cron: "30 2 * * *", timeZone: "Europe/Rome" }, "2026-10-24T12:00:00Z", 3);
  expect(days.map((at) => at.slice(0, 10))).toEqual(["2026-10-25", "2026-10-26", "2026-10-27"]);
});

test.each(["", "* * *", "61 * * * *", "* * * * * *", "never"])("the cron %j is refused", (cron) => {
  expect(() => checkRecurrence({ cron, timeZone: "UTC" })).toThrow("cron-invalid");
});

test("an unknown time zone is refused", () => {
  expect(() => checkRecurrence({ cron: "0 0 * * *", timeZone: "Europe/Napoli" })).toThrow("time-zone-unknown");
});
