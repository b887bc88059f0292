import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readUnpacked } from "@/lib/formats/packing";
import { readTimes } from "@/lib/formats/read-times";
import { encodeMapStep } from "@/lib/formats/zarr/map-store";
import { openZarr } from "@/lib/formats/zarr/open-zarr";
import { aProduct } from "@/test/fixtures/a-product";

function storeOf(files: Readonly<Record<string, Uint8Array | string | object>>) {
  const bytes = new Map(
    Object.entries(files).map(([path, value]) => [
      path,
      value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value)),
    ]),
  );
  return {
    name: "store.zarr",
    get: async (path: string) => bytes.get(path),
    listMetadata: async () => [...bytes.keys()].filter((path) => /(^|\/)(\.zarray|zarr\.json)$/.test(path)),
  };
}

async function opened(files: Parameters<typeof storeOf>[0]) {
  const dataset = await openZarr(storeOf(files));
  if (dataset === null) throw new Error("it is no store");
  return dataset;
}

test("the published form of a product is read as its own numbers and times", async () => {
  const product = aProduct();
  const values = Float32Array.from({ length: 20 }, (_, cell) => (cell === 7 ? Number.NaN : cell * 2.5));
  const files = await encodeMapStep(product, { index: 1, values: { pm25: values } }, async (bytes) => gzipSync(bytes));
  const dataset = await opened(
    Object.fromEntries(files.map(({ path, bytes }) => [path.replace(/^[^/]*\//, ""), bytes])),
  );
  const step = await readUnpacked(dataset, "pm25", { start: [1, 0, 0], count: [1, 4, 5] });
  step.forEach((value, cell) => {
    if (cell === 7) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(cell * 2.5, 1);
  });
  expect(await readUnpacked(dataset, "pm25", { start: [0, 1, 1], count: [1, 1, 1] })).toEqual(
    Float64Array.of(Number.NaN),
  );
  expect(await readTimes(dataset)).toEqual(product.times);
});

const array3 = (attributes: object) => ({
  zarr_format: 3,
  node_type: "array",
  shape: [2, 3],
  data_type: "float32",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 3] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  fill_value: 0,
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  dimension_names: ["y", "x"],
  attributes,
});

test("version 3 keeps names of dimensions, and its fill value stands in an attribute", async () => {
  const fill = Buffer.from(Float64Array.of(-999).buffer).toString("base64");
  const dataset = await opened({
    "zarr.json": { zarr_format: 3, node_type: "group", attributes: { title: "by hand" } },
    "t/zarr.json": array3({ _FillValue: fill }),
    "t/c/0/0": new Uint8Array(Float32Array.of(1, 2, -999, 4, 5, 6).buffer),
  });
  expect(dataset.dimensions).toEqual({ y: 2, x: 3 });
  expect(dataset.attributes.title).toBe("by hand");
  expect([...(await readUnpacked(dataset, "t"))]).toEqual([1, 2, Number.NaN, 4, 5, 6]);
  expect([...(await dataset.readRaw("t", [1, 1], [1, 2]))]).toEqual([5, 6]);
});

test("files that are no store are none, and broken ones are refused with their place", async () => {
  expect(await openZarr(storeOf({ "a.txt": {} }))).toBeNull();
  await expect(openZarr(storeOf({ "zarr.json": Uint8Array.of(0x7b) }))).rejects.toMatchObject({
    code: "format-invalid",
    fields: { place: "zarr.json" },
  });
  const dataset = await opened({
    "zarr.json": { zarr_format: 3, node_type: "group", attributes: {} },
    "t/zarr.json": array3({}),
    "t/c/0/0": Uint8Array.of(1, 2, 3),
  });
  await expect(dataset.readRaw("t")).rejects.toMatchObject({ code: "format-invalid" });
});
