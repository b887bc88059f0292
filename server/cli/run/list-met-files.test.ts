import { expect, test } from "vitest";
import { listMetFiles } from "@/server/cli/run/list-met-files";

test("an absolute path and an address stand for themselves", () => {
  const window = { start: undefined, hours: undefined };
  expect(listMetFiles("/data/wrf", window)).toEqual(["/data/wrf"]);
  expect(listMetFiles("https://host/wrf.nc", window)).toEqual(["https://host/wrf.nc"]);
});

test("a template names one file per hour, the hours around a start between two included", () => {
  const template = "https://host/{YYYY}/{MM}/{DD}/wrf_{YYYY}{MM}{DD}Z{HH}00.nc";
  expect(listMetFiles(template, { start: "2026-06-30T22:30:00Z", hours: 2 })).toEqual([
    "https://host/2026/06/30/wrf_20260630Z2200.nc",
    "https://host/2026/06/30/wrf_20260630Z2300.nc",
    "https://host/2026/07/01/wrf_20260701Z0000.nc",
    "https://host/2026/07/01/wrf_20260701Z0100.nc",
  ]);
});

test("a template of days names each file once", () => {
  const files = listMetFiles("/data/wrf_{YYYY}{MM}{DD}.nc", { start: "2026-07-01T12:00:00Z", hours: 24 });
  expect(files).toEqual(["/data/wrf_20260701.nc", "/data/wrf_20260702.nc"]);
});

test("a template without a start is refused", () => {
  expect(() => listMetFiles("/data/wrf_{HH}.nc", { start: "tomorrow", hours: 3 })).toThrow("input-invalid");
});
