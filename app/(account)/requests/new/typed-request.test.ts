import { expect, test } from "vitest";
import { firstRequest, toNumber, toRequest } from "@/app/(account)/requests/new/typed-request";
import type { MetSourceView } from "@/server/services/met/list-met-sources";

const weather = (firstUtc: string, lastUtc: string): MetSourceView => ({
  source: "demo-weather",
  isDefault: true,
  covers: {
    firstUtc,
    lastUtc,
    hours: 36,
    bounds: { south: 40, north: 41, west: 13, east: 15 },
    demonstration: true,
    runId: null,
  },
});

test("the form starts at the present hour when the weather holds it", () => {
  const sources = [weather("2026-07-01T00:00:00Z", "2026-07-02T12:00:00Z")];
  const first = firstRequest({ lat: "", lon: "", sources, nowUtc: "2026-07-01T12:34:00Z" });
  expect(first).toMatchObject({ start: "2026-07-01T14:00", hours: "12", met: "demo-weather" });
});

test("the form starts with the weather when the present is not in it", () => {
  const sources = [weather("2026-06-01T00:00:00Z", "2026-06-01T06:00:00Z")];
  const first = firstRequest({ lat: "", lon: "", sources, nowUtc: "2026-07-01T12:34:00Z" });
  expect(first).toMatchObject({ start: "2026-06-01T02:00", hours: "6" });
});

test("comma and point both mark decimals and empty boxes are no numbers", () => {
  expect(toNumber(" 40,85 ")).toBe(40.85);
  expect(toNumber("-14.27")).toBe(-14.27);
  expect(toNumber("")).toBeNaN();
  const typed = firstRequest({ lat: "40,85", lon: "14.27", sources: [], nowUtc: "2026-07-01T12:00:00Z" });
  expect(toRequest(typed)).toMatchObject({ lat: 40.85, lon: 14.27, start: "2026-07-01T12:00:00Z", hours: 12 });
  expect(toRequest(typed)).not.toHaveProperty("seed");
});
