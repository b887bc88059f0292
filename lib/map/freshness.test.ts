import { expect, test } from "vitest";
import { ageText, hourRanges, productState } from "@/lib/map/freshness";
import type { Coverage } from "@/lib/map/product";

const now = Date.parse("2026-07-01T09:40:00Z");

test.each([
  ["2026-07-01T00:00:00Z", "9\u2009h 40\u2009min"],
  ["2026-07-01T09:33:00Z", "7\u2009min"],
  ["2026-06-28T09:00:00Z", "3\u2009d 0\u2009h"],
  ["2026-07-02T00:00:00Z", "0\u2009min"],
])("what is of %s is %s old", (from, text) => {
  expect(ageText(from, now, "en")).toBe(text);
});

test("published hours are named as ranges", () => {
  expect(hourRanges([0, 1, 2, 4].map((index) => ({ index })))).toBe("1–3, 5");
  expect(hourRanges([])).toBe("");
});

test("a run that ended with fewer hours than announced is partial", () => {
  const step = { index: 0, validAtUtc: "", committedAtUtc: "", extremes: {} };
  const coverage: Coverage = {
    state: "complete",
    steps: [step],
    expectedSteps: 2,
    netcdf: null,
    cog: [],
    summary: null,
    updatedAtUtc: "",
  };
  expect(productState(coverage)).toBe("partial");
  expect(productState({ ...coverage, expectedSteps: 1 })).toBe("completed");
  expect(productState({ ...coverage, state: "running" })).toBe("running");
});
