import { expect, test } from "vitest";
import { emptyCoverage, mergeCoverage, settleCoverage } from "@/lib/map/merge-coverage";
import type { FragmentClosing } from "@/lib/map/product";

const times = ["2026-07-01T01:00:00Z", "2026-07-01T02:00:00Z", "2026-07-01T03:00:00Z"];
const step = (index: number) => ({ index, validAtUtc: times[index] ?? "", extremes: { pm25: { min: 0, max: index } } });
const closing: FragmentClosing = { netcdf: "netcdf/a.nc", cog: ["cog/a.tif"], summary: { steps: 3 }, met: null };
const empty = emptyCoverage({ times }, "t0");
const add = (coverage = empty, indices: readonly number[] = [], close = false, now = "t1") =>
  mergeCoverage(coverage, { steps: indices.map(step), closing: close ? closing : null }, now);

test("steps that come out of order are kept in order of time", () => {
  const later = add(add(empty, [2]).coverage, [0]);
  expect(later.coverage.steps.map((s) => s.index)).toEqual([0, 2]);
  expect(later.newSteps.map((s) => s.index)).toEqual([0]);
  expect(later.coverage).toMatchObject({ state: "running", expectedSteps: 3, updatedAtUtc: "t1" });
});

test("a fragment merged twice changes nothing the second time", () => {
  const once = add(empty, [0, 1, 2, 2], true);
  const twice = add(once.coverage, [0, 1, 2], true, "t2");
  expect(once.closed).toBe(true);
  expect(once.coverage.steps).toHaveLength(3);
  expect(twice).toEqual({ coverage: once.coverage, newSteps: [], closed: false });
});

test("closing with steps missing is partial until the last one comes", () => {
  const partial = add(add(empty, [0]).coverage, [], true);
  expect(partial.coverage).toMatchObject({ state: "partial", netcdf: "netcdf/a.nc", cog: ["cog/a.tif"] });
  expect(add(partial.coverage, [1, 2]).coverage.state).toBe("complete");
});

test("a run that ends without closing leaves a partial product, or a failed one without a step", () => {
  expect(settleCoverage(empty, "t1").state).toBe("failed");
  expect(settleCoverage(add(empty, [1]).coverage, "t1").state).toBe("partial");
  const closed = add(empty, [0, 1, 2], true).coverage;
  expect(settleCoverage(closed, "t9")).toBe(closed);
});
