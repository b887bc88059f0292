import { expect, test } from "vitest";
import { matchGlob } from "@/lib/pipeline/match-glob";

test.each([
  ["hours/*.nc", "hours/smoke_0001.nc", true],
  ["hours/*.nc", "hours/deep/smoke_0001.nc", false],
  ["hours/*.nc", "hours/smoke_0001.nc.part", false],
  ["wrfout_d01_*", "wrfout_d01_2026-07-01_00:00:00", true],
  ["**", "files/map.zarr/.zattrs", true],
  ["files/**", "files/map.zarr/pm25/0.0.0", true],
  ["files/**", "fragment.json", false],
  ["**/*.nc", "a.nc", true],
  ["**/*.nc", "a/b/c.nc", true],
  ["ledger.json", "ledgerXjson", false],
  ["out_?.txt", "out_1.txt", true],
  ["out_?.txt", "out_/.txt", false],
  ["out_[!0-9].txt", "out_1.txt", false],
  ["*.{nc,json}", "a.json", true],
  ["a(b)+c$", "a(b)+c$", true],
])("%s against %s: %s", (pattern, path, wanted) => {
  expect(matchGlob(pattern)(path)).toBe(wanted);
});
