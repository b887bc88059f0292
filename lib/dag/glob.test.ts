import { expect, test } from "vitest";
import { isGlob, matchesGlob } from "@/lib/dag/glob";

test.each([
  ["*.nc", "a.nc", true],
  ["*.nc", "hours/a.nc", false],
  ["hours/*.nc", "hours/smoke_0001.nc", true],
  ["**", "hours/smoke_0001.nc", true],
  ["**/*.nc", "a.nc", true],
  ["**/*.nc", "deep/er/a.nc", true],
  ["wrfout_d01_*", "wrfout_d01_2026-07-01_00:00:00.nc", true],
  ["a?.txt", "ab.txt", true],
  ["a?.txt", "a/.txt", false],
  ["f[12].txt", "f2.txt", true],
  ["f[!12].txt", "f2.txt", false],
  ["a.nc", "aXnc", false],
  ["a+(b).nc", "a+(b).nc", true],
])("%s against %s is %s", (pattern, path, expected) => {
  expect(matchesGlob(pattern, path)).toBe(expected);
});

test("a plain path is no glob", () => {
  expect(isGlob("hours/smoke_0001.nc")).toBe(false);
  expect(isGlob("hours/*.nc")).toBe(true);
});
