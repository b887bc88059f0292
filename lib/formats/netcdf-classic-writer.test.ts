import { NetCDFReader } from "netcdfjs";
import { describe, expect, test } from "vitest";
import { type ClassicFile, encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";

const frame: ClassicFile = {
  name: "frame.nc",
  dimensions: { Time: 2, DateStrLen: 19, y: 2, x: 3 },
  recordDimension: "Time",
  attributes: { TITLE: "çlassic", DX: new Float32Array([2500]), MAP_PROJ: new Int32Array([1]) },
  variables: [
    {
      name: "Times",
      dimensions: ["Time", "DateStrLen"],
      data: new TextEncoder().encode("2026-07-01_00:00:002026-07-01_01:00:00"),
    },
    {
      name: "T2",
      dimensions: ["Time", "y", "x"],
      attributes: { units: "K", valid_range: new Float64Array([200, 330]) },
      data: Float32Array.from({ length: 12 }, (_, index) => 280 + index / 4),
    },
    { name: "mask", dimensions: ["y", "x"], data: Int16Array.of(1, -2, 3, -4, 5, -6) },
    { name: "count", dimensions: ["Time"], data: Int32Array.of(7, -70000) },
    { name: "height", dimensions: [], data: Float64Array.of(1.5) },
  ],
};

describe("the classic NetCDF writer", () => {
  test("makes a file that an independent reader reads back, value for value", () => {
    const reader = new NetCDFReader(encodeClassicNetcdf(frame));
    expect(reader.version).toBe("64-bit offset format");
    expect(reader.recordDimension.length).toBe(2);
    expect(reader.globalAttributes.find(({ name }) => name === "DX")?.value).toBe(2500);
    expect([...reader.getDataVariable("T2").flat()]).toEqual(Array.from({ length: 12 }, (_, i) => 280 + i / 4));
    expect([...reader.getDataVariable("mask")]).toEqual([1, -2, 3, -4, 5, -6]);
    expect([...reader.getDataVariable("count").flat()]).toEqual([7, -70000]);
  });

  test("leaves records unpadded when there is one record variable only", () => {
    const bytes = encodeClassicNetcdf({
      name: "lone.nc",
      dimensions: { time: 3, x: 3 },
      recordDimension: "time",
      attributes: {},
      variables: [{ name: "v", dimensions: ["time", "x"], data: Int16Array.from({ length: 9 }, (_, i) => i) }],
    });
    expect([...bytes.slice(-20, -2)]).toEqual([0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]);
  });

  test("refuses values that do not fill their dimensions", () => {
    const variables = [{ name: "v", dimensions: ["y", "x"], data: new Float32Array(5) }];
    expect(() => encodeClassicNetcdf({ ...frame, variables })).toThrow(/grid-mismatch.*5 values/);
  });

  test("gives the same bytes for the same input", () => {
    expect(encodeClassicNetcdf(frame)).toEqual(encodeClassicNetcdf(frame));
  });
});
