import { expect, test } from "vitest";
import { firstRequest } from "@/app/(public)/farms/first-request";

const bounds = { south: 40, north: 41, west: 14, east: 15 };
const sea = (firstUtc: string, lastUtc: string) => [
  { source: "empty", covers: null },
  { source: "gulf", covers: { firstUtc, lastUtc, bounds, demonstration: false } },
];
const now = "2026-07-10T09:30:00Z";

test.each([
  ["today within long currents", "2026-06-01T00:00:00Z", "2026-07-15T00:00:00Z", "2026-07-10T00:00", "72"],
  ["the last whole day of old currents", "2026-07-01T00:00:00Z", "2026-07-05T12:00:00Z", "2026-07-04T00:00", "36"],
  ["the midnight after a day of currents", "2026-07-09T06:00:00Z", "2026-07-14T06:00:00Z", "2026-07-11T00:00", "72"],
  ["the first day of currents to come", "2026-07-12T00:00:00Z", "2026-07-14T00:00:00Z", "2026-07-13T00:00", "24"],
])("the form begins with %s", (_, firstUtc, lastUtc, start, hours) => {
  expect(firstRequest(sea(firstUtc, lastUtc), now)).toMatchObject({ start, hours, sea: "gulf" });
});

test("without currents the form begins with today and three days", () => {
  const request = firstRequest([{ source: "empty", covers: null }], now);
  expect(request).toMatchObject({ start: "2026-07-10T00:00", hours: "72", sea: "empty" });
});
