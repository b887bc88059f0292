import { expect, test } from "vitest";
import { hourFileName, parseFilePath } from "@/lib/map/file-grammar";

const day = ["wrf5", "d03", "archive", "2026", "07", "01"];

test("a file is known by product, domain and valid time", () => {
  const path = parseFilePath([...day, "wrf5_d03_20260701Z0600.nc"]);
  expect(path).toMatchObject({ kind: "file", stamp: "20260701Z0600", form: "data", parts: { class: "archive" } });
  expect(parseFilePath([...day, "wrf5_d03_20260701Z0600.nc.sha256"])).toMatchObject({ form: "sha256" });
  const name = hourFileName({ productId: "wrf5", domain: "d03" }, "2026-07-01T06:00:00Z");
  expect(parseFilePath([...day, name])).toEqual(path);
});

test.each([0, 1, 2, 3, 4, 5, 6])("the first %i parts of a path are a folder", (depth) => {
  expect(parseFilePath(day.slice(0, depth))).toMatchObject({ kind: "folder" });
});

test.each([
  ["another product's file", [...day, "rms3_d03_20260701Z0600.nc"]],
  ["a file of another day", [...day, "wrf5_d03_20260702Z0600.nc"]],
  ["another class", ["wrf5", "d03", "raw"]],
  ["a month that is none", ["wrf5", "d03", "history", "2026", "13"]],
  ["a step upward", ["wrf5", ".."]],
  ["something below a file", [...day, "wrf5_d03_20260701Z0600.nc", "x"]],
  ["another kind of file", [...day, "wrf5_d03_20260701Z0600.tif"]],
])("%s is refused", (_, segments) => {
  expect(parseFilePath(segments)).toBeNull();
});
