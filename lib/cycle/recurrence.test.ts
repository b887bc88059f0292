import fc from "fast-check";
import { expect, test } from "vitest";
import { checkRecurrence, cycleNamer, lastInstants, nextInstants } from "@/lib/cycle/recurrence";

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

test.each([
  ["R/2026-01-31T06:00/P1M", "Europe/Rome", "2026-01-01T00:00:00Z", ["01-31T05", "02-28T05", "03-31T04", "04-30T04"]],
  [
    "R/2024-02-29T00:00Z/P1Y",
    "UTC",
    "2024-01-01T00:00:00Z",
    ["02-29T00", "02-28T00", "02-28T00", "02-28T00", "02-29T00"],
  ],
  ["R3/2026-07-01T00:00Z/PT6H", "UTC", "2026-01-01T00:00:00Z", ["07-01T00", "07-01T06", "07-01T12"]],
  ["R2/2026-07-01T00:00Z/2026-07-01T12:00Z", "UTC", "2026-01-01T00:00:00Z", ["07-01T00", "07-01T12"]],
  ["R3/P1D/2026-07-03T00:00Z", "UTC", "2026-01-01T00:00:00Z", ["07-01T00", "07-02T00", "07-03T00"]],
  ["R/2026-03-28T02:30/P1D", "Europe/Rome", "2026-03-28T12:00:00Z", ["03-29T01", "03-30T00", "03-31T00"]],
  ["R/2026-10-24T02:30/P1D", "Europe/Rome", "2026-10-24T12:00:00Z", ["10-25T00", "10-26T01", "10-27T01"]],
])("%s in %s after %s", (cron, timeZone, after, hours) => {
  expect(iso({ cron, timeZone }, after, hours.length).map((at) => at.slice(5, 13))).toEqual(hours);
});

test.each([
  ["15 2 * * *", "2026-10-03T00:00:00Z", ["2026-10-03T15:30", "2026-10-04T15:15"]],
  ["45 1 * * *", "2026-04-04T00:00:00Z", ["2026-04-04T14:45", "2026-04-05T15:15"]],
])("where the clock moves by half an hour, %s fires once a day", (cron, after, times) => {
  const got = iso({ cron, timeZone: "Australia/Lord_Howe" }, after, times.length);
  expect(got.map((at) => at.slice(0, 16))).toEqual(times);
});

const zones = ["Europe/Rome", "Australia/Lord_Howe", "UTC", "America/New_York"];
const texts = ["30 2 * * *", "*/15 * * * *", "0 2,3 * * *", "R/2026-01-31T02:30/P1D", "R/2026-01-01T00:10/PT45M"];

test("no time comes twice, times are in order, and looking back finds those of looking forward", () => {
  const cases = fc.record({
    timeZone: fc.constantFrom(...zones),
    cron: fc.constantFrom(...texts),
    after: fc.date({ min: new Date("2026-03-20"), max: new Date("2026-11-10"), noInvalidDate: true }),
  });
  fc.assert(
    fc.property(cases, ({ timeZone, cron, after }) => {
      const recurrence = { cron, timeZone };
      const forward = nextInstants(recurrence, after, 20);
      const times = forward.map((at) => at.getTime());
      expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
      expect(times[0]).toBeGreaterThan(after.getTime());
      const until = forward.at(-1) ?? after;
      expect(lastInstants(recurrence, { after, until }, 100)).toEqual(forward);
      const cycles = forward.map(cycleNamer(recurrence));
      expect(new Set(cycles).size).toBe(cycles.length);
    }),
    { numRuns: 25 },
  );
}, 20_000);

test.each([
  "R/2026-07-01T00:00Z",
  "R0/2026-07-01T00:00Z/P1D",
  "R/2026-07-01/PT1S",
  "R/P1D/2026-07-01",
  "R/no/P1D",
  "R/2026-07-02/2026-07-01",
])("the recurrence %s is refused", (cron) => {
  expect(() => checkRecurrence({ cron, timeZone: "UTC" })).toThrow("recurrence-invalid");
});
