import { expect, test } from "vitest";
import { equationOfTimeMinutes, sunlightWm2 } from "@/lib/transport/sunlight";

const dayAngle = (dayOfYear: number) => (2 * Math.PI * dayOfYear) / 365;

test.each([
  ["11 February", 41, -14.2],
  ["14 May", 133, 3.7],
  ["26 July", 206, -6.5],
  ["3 November", 306, 16.4],
])("on %s the sun is as far from the clock as the almanac says", (_, day, minutes) => {
  expect(Math.abs(equationOfTimeMinutes(dayAngle(day)) - minutes)).toBeLessThan(0.4);
});

test("the sun stands highest when the almanac says, not at noon of the clock", () => {
  const greenwich = { lon: 0, lat: 45 };
  const minutes = Array.from({ length: 121 }, (_, at) => at - 60);
  const noon = Date.UTC(2026, 10, 3, 12);
  const [brightest] = minutes.toSorted((a, b) => light(greenwich, noon, b) - light(greenwich, noon, a));
  expect(Math.abs((brightest ?? 0) + 16.4)).toBeLessThanOrEqual(1);
});

test("there is no light at night, and clouds take three quarters of it", () => {
  expect(sunlightWm2({ lon: 14, lat: 40 }, new Date("2026-06-21T23:00:00Z"), 0)).toBe(0);
  const clear = sunlightWm2({ lon: 14, lat: 40 }, new Date("2026-06-21T11:00:00Z"), 0);
  expect(sunlightWm2({ lon: 14, lat: 40 }, new Date("2026-06-21T11:00:00Z"), 1)).toBeCloseTo(clear / 4, 6);
});

const light = (place: { lon: number; lat: number }, noonMs: number, minutes: number) =>
  sunlightWm2(place, new Date(noonMs + minutes * 60_000), 0);
