import { expect, test } from "vitest";
import { openClassic } from "@/lib/formats/classic/open-classic";
import { describeGrid } from "@/lib/formats/describe-grid";
import { openGrib } from "@/lib/formats/grib/open-grib";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { aGribMessage, scaledRepresentation } from "@/test/fixtures/a-grib-message";

test("a GRIB grid is the box of its corners", async () => {
  const message = { nColumns: 3, nRows: 2, representation: scaledRepresentation(0, 8), data: [1, 2, 3, 4, 5, 6] };
  const dataset = await openGrib(memoryByteSource("a.grib2", aGribMessage(message)), () => Promise.reject());
  expect(await describeGrid(dataset)).toEqual({
    projection: "latitude-longitude",
    nX: 3,
    nY: 2,
    bounds: { west: 10, south: 44, east: 12, north: 45 },
  });
});

test("a file without coordinates has no grid", async () => {
  const empty = Uint8Array.from([...Buffer.from("CDF\x01"), ...Array.from({ length: 28 }, () => 0)]);
  expect(await describeGrid(await openClassic(memoryByteSource("a.nc", empty)))).toBeNull();
});
