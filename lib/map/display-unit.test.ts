import { expect, test } from "vitest";
import { compassPoint, decimalsOf, directionFrom, formatNumber, toDisplay } from "@/lib/map/display-unit";

const knots = { symbol: "kt", scale: 1.943_844, offset: 0 };
const celsius = { symbol: "°C", scale: 1, offset: -273.15 };

test("a published value is shown in the chosen unit", () => {
  expect(toDisplay(knots, 10)).toBeCloseTo(19.438_44);
  expect(toDisplay(celsius, 300)).toBeCloseTo(26.85);
});

test.each([
  [0.1, 1, 1],
  [0.05, 1, 2],
  [10, 0.01, 1],
  [5, 1, 0],
  [0.0001, 1, 2],
])("a step of %d in a unit of %d is written with %d decimals", (step, scale, decimals) => {
  expect(decimalsOf({ symbol: "", scale, offset: 0 }, step)).toBe(decimals);
});

test.each([
  [6.84, 1, "en", "6.8"],
  [6.84, 1, "it", "6,8"],
  [-3.21, 1, "en", "−3.2"],
  [-0.04, 1, "en", "0.0"],
  [9999, 0, "en", "9999"],
  [12_345.6, 1, "it", "12\u2009345,6"],
] as const)("%d with %d decimals reads in %s as %s", (value, decimals, locale, text) => {
  expect(formatNumber(value, decimals, locale)).toBe(text);
});

test.each([
  [0, -1, 0, "N"],
  [-1, 0, 90, "E"],
  [0, 1, 180, "S"],
  [1, 0, 270, "W"],
  [1, 1, 225, "SW"],
])("a wind that blows to (%d, %d) comes from %d°, %s", (east, north, degrees, point) => {
  expect(directionFrom(east, north)).toBe(degrees);
  expect(compassPoint(degrees, "en")).toBe(point);
});

test("west is ovest in Italian", () => {
  expect(compassPoint(225, "it")).toBe("SO");
});
