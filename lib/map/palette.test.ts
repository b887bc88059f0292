import fc from "fast-check";
import { expect, test } from "vitest";
import { classOf, classTable, legendPosition } from "@/lib/map/palette";
import type { Packing, Palette } from "@/lib/map/product";

const smoke: Palette = {
  id: "smoke",
  breaks: [10, 15, 25, 35, 50, 150],
  light: ["#f4e3a6", "#f0bd63", "#e58c40", "#c24a2a", "#96304a", "#541f56"],
  dark: ["#f4e3a6", "#f0bd63", "#e58c40", "#c24a2a", "#96304a", "#541f56"],
  transparentBelow: true,
  hatchTop: true,
};
const packing: Packing = { dtype: "int32", scale: 0.1, offset: 0, fill: -2147483648 };

test.each([
  [9.9, -1],
  [10, 0],
  [14.9, 0],
  [15, 1],
  [49.9, 3],
  [150, 5],
  [9000, 5],
])("classes are closed below: %d is in class %d", (value, expected) => {
  expect(classOf(smoke, value)).toBe(expected);
});

test("a palette that draws everything puts low values in its first class", () => {
  expect(classOf({ ...smoke, transparentBelow: false }, -3)).toBe(0);
});

test("a stored integer is in the class of its published value, bounds included", () => {
  const { bounds } = classTable(smoke, packing, "light");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), (stored) => {
      const inStore = bounds.filter((bound) => stored >= bound).length - 1;
      return inStore === classOf(smoke, Number((stored * packing.scale).toFixed(3)));
    }),
    { numRuns: 3000 },
  );
});

test("the class table holds one opaque colour per class", () => {
  const { colours } = classTable(smoke, packing, "dark");
  expect(colours).toHaveLength(24);
  expect([...colours.subarray(0, 4)]).toEqual([0xf4, 0xe3, 0xa6, 255]);
});

test("the legend's marker stands at the class bound for a value on it and never leaves the bar", () => {
  expect(legendPosition(smoke, 15)).toBeCloseTo(1 / 6);
  expect(legendPosition(smoke, 20)).toBeCloseTo(1.5 / 6);
  expect(legendPosition(smoke, 1e6)).toBe(1);
  expect(legendPosition(smoke, 0)).toBe(0);
});
