import { expect, test } from "vitest";
import { openClassic } from "@/lib/formats/classic/open-classic";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";
import { readPlane } from "@/lib/formats/preview/read-plane";

const values = Float32Array.from({ length: 24 }, (_, at) => (at === 13 ? Number.NaN : at));
const curved = (start: number) => Float64Array.from({ length: 6 }, (_, at) => start + at / 10);

const open = () =>
  openClassic(
    memoryByteSource(
      "small.nc",
      encodeClassicNetcdf({
        name: "small.nc",
        dimensions: { time: 2, lat: 3, lon: 4, eta_rho: 2, xi_rho: 3 },
        recordDimension: "time",
        attributes: {},
        variables: [
          {
            name: "lat",
            dimensions: ["lat"],
            attributes: { units: "degrees_north" },
            data: Float64Array.of(42, 41, 40),
          },
          {
            name: "lon",
            dimensions: ["lon"],
            attributes: { units: "degrees_east" },
            data: Float64Array.of(13, 14, 15, 16),
          },
          { name: "lat_rho", dimensions: ["eta_rho", "xi_rho"], attributes: {}, data: curved(40) },
          { name: "lon_rho", dimensions: ["eta_rho", "xi_rho"], attributes: {}, data: curved(14) },
          {
            name: "t2",
            dimensions: ["time", "lat", "lon"],
            attributes: { units: "K", long_name: "Temperature" },
            data: values,
          },
          { name: "zeta", dimensions: ["eta_rho", "xi_rho"], attributes: {}, data: curved(0) },
        ],
      }),
    ),
  );

function decoded({ integers, packing }: PreviewPlane): number[] {
  const bytes = Uint8Array.from(atob(integers), (character) => character.charCodeAt(0));
  return Array.from(new Int16Array(bytes.buffer), (integer) =>
    integer === packing.fill ? Number.NaN : integer * packing.scale + packing.offset,
  );
}

test("a plane holds the values at the chosen time, missing ones apart, and its axes", async () => {
  const plane = await readPlane(await open(), { variable: "t2", indices: [1] });
  expect(plane).toMatchObject({
    nX: 4,
    nY: 3,
    stride: 1,
    units: "K",
    title: "Temperature",
    range: { min: 12, max: 23 },
  });
  decoded(plane).forEach((value, at) => {
    if (at === 1) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(12 + at, 3);
  });
  expect(plane.places).toEqual({ kind: "axes", lat: [42, 41, 40], lon: [13, 14, 15, 16] });
});

test("a curved grid gives the place of every cell", async () => {
  const { places } = await readPlane(await open(), { variable: "zeta", indices: [] });
  expect(places).toEqual({ kind: "plane", lat: [...curved(40)], lon: [...curved(14)] });
});

test("a position beyond the end is the last one", async () => {
  expect((await readPlane(await open(), { variable: "t2", indices: [99] })).range?.max).toBe(23);
});

test.each([
  ["lat", "unsupported-feature"],
  ["rain", "variable-missing"],
])("%s is refused as %s", async (variable, code) => {
  await expect(readPlane(await open(), { variable, indices: [] })).rejects.toMatchObject({ code });
});
