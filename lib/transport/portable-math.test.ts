import { expect, test } from "vitest";
import { cubeRoot, exp, log, pow } from "@/lib/transport/portable-math";

const spread = (low: number, high: number) => Array.from({ length: 2001 }, (_, i) => low + ((high - low) * i) / 2000);
const worst = (values: readonly number[], got: (x: number) => number, want: (x: number) => number) =>
  Math.max(...values.map((x) => Math.abs(got(x) - want(x)) / Math.max(Math.abs(want(x)), 1e-3)));

test("exp, log, pow and cubeRoot agree with the engine's own to 1e-11", () => {
  expect(worst(spread(-80, 80), exp, Math.exp)).toBeLessThan(1e-11);
  expect(worst(spread(1e-8, 5000), log, Math.log)).toBeLessThan(1e-11);
  expect(worst(spread(1e-6, 400), cubeRoot, Math.cbrt)).toBeLessThan(1e-11);
  expect(
    worst(
      spread(0.01, 90),
      (x) => pow(x, 0.8),
      (x) => x ** 0.8,
    ),
  ).toBeLessThan(1e-11);
});

test("exp is 0 far below and never infinite", () => {
  expect(exp(-1e6)).toBe(0);
  expect(Number.isFinite(exp(1e6))).toBe(true);
});
