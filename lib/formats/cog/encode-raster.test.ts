import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeRaster } from "@/lib/formats/cog/encode-raster";
import type { NumericArray } from "@/lib/formats/dataset";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { openTiff } from "@/lib/formats/tiff/open-tiff";
import { readRasterAbout } from "@/lib/formats/tiff/read-raster-about";

const about = {
  transform: [500_000, 30, 0, 4_500_000, 0, -30],
  crs: "EPSG:32633",
  keys: [{ tag: 34_735, type: "short", values: [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32_633] }],
  isPoint: false,
  photometric: 1,
  colours: [],
  nodata: 7,
  bands: [{ scale: 0.5, offset: -3, units: "m", title: "height & depth" }],
} as const;
const [width, height] = [270, 30];
const fill = <Array extends NumericArray>(array: Array, value: (at: number) => number): Array => {
  for (let at = 0; at < array.length; at += 1) array[at] = value(at);
  return array;
};
const size = width * height;

test.each([
  ["uint8", fill(new Uint8Array(size), (at) => at * 7)],
  ["int8", fill(new Int8Array(size), (at) => at * 7)],
  ["uint16", fill(new Uint16Array(size), (at) => at * 7919)],
  ["int16", fill(new Int16Array(size), (at) => at * 7919)],
  ["uint32", fill(new Uint32Array(size), (at) => at * 104_729_333)],
  ["int32", fill(new Int32Array(size), (at) => at * 104_729_333)],
  ["float32", fill(new Float32Array(size), (at) => (at % 5 === 0 ? Number.NaN : at / 3))],
  ["float64", fill(new Float64Array(size), (at) => (at % 5 === 0 ? Number.POSITIVE_INFINITY : at / 3))],
] as const)("a raster of %s reads back as it was, with place, scale and no-data value", async (dtype, band) => {
  const bytes = encodeRaster({ width, height, bands: [band], about }, (data) => deflateSync(data));
  const source = memoryByteSource("a.tif", bytes);
  const dataset = await openTiff(source, (data) => inflateSync(data));
  expect(dataset.variables.get("band_1")?.dtype).toBe(dtype);
  expect(await dataset.readRaw("band_1")).toEqual(band);
  expect(await readRasterAbout(source, 1)).toEqual(about);
});

test("bands stay apart, and a turned raster whose pixels are points keeps its place", async () => {
  const bands = [1, 2, 3, 4].map((step) => fill(new Uint16Array(size), (at) => at * step));
  const keys = [{ ...about.keys[0], values: about.keys[0].values.map((value, at) => (at === 11 ? 2 : value)) }];
  const turned = { ...about, keys, isPoint: true, photometric: 2, transform: [10, 3, 4, 20, 4, -3] } as const;
  const bytes = encodeRaster({ width, height, bands, about: turned }, (data) => deflateSync(data));
  const source = memoryByteSource("a.tif", bytes);
  const dataset = await openTiff(source, (data) => inflateSync(data));
  for (const [index, band] of bands.entries()) expect(await dataset.readRaw(`band_${index + 1}`)).toEqual(band);
  const { transform, isPoint, photometric } = await readRasterAbout(source, 4);
  expect([transform, isPoint, photometric]).toEqual([turned.transform, true, 2]);
});

test("a band of another size than the image is refused", () => {
  const image = { width, height, bands: [new Uint8Array(5)], about };
  expect(() => encodeRaster(image, (data) => data)).toThrow("does not fill 30 x 270");
});
