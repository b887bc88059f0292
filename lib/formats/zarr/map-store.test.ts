import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { get, open, root } from "zarrita";
import { unpackValues } from "@/lib/formats/pack";
import { decodeChunk } from "@/lib/formats/zarr/chunk";
import { encodeMapStep, mapChunkPath } from "@/lib/formats/zarr/map-store";
import { aLambertGrid, aProduct, aVariable } from "@/test/fixtures/a-product";

const gzip = async (bytes: Uint8Array) => gzipSync(bytes, { level: 6 });
const small = aVariable({
  name: "wind",
  packing: { dtype: "int16", scale: 0.1, offset: 0, fill: -32_768 },
});
const product = aProduct({ variables: [aVariable(), small] });
const cells = Float32Array.from({ length: 20 }, (_, cell) => (cell === 7 ? Number.NaN : cell * 12.34));
const calm = new Float32Array(20).fill(-3.21);

describe("a step of the map store", () => {
  test("is read by zarrita as the packed integers, missing cells as fill", async () => {
    const group = storeOf(await encodeMapStep(product, { index: 1, values: { pm25: cells, wind: calm } }, gzip));
    const pm25 = await open.v2(group.resolve("pm25"), { kind: "array" });
    const read = await get(pm25, [1, null, null]);
    expect(pm25.shape).toEqual([2, 4, 5]);
    expect(read.data).toBeInstanceOf(Int32Array);
    expect([...read.data]).toEqual(
      Array.from(cells, (value) => (Number.isNaN(value) ? -2_147_483_648 : Math.round(value / 0.1))),
    );
    const wind = await get(await open.v2(group.resolve("wind"), { kind: "array" }), [1, 0, 0]);
    expect(wind).toBe(-32);
  });

  test("reads as fill where the hour is not there yet", async () => {
    const group = storeOf(await encodeMapStep(product, { index: 1, values: { pm25: cells, wind: calm } }, gzip));
    const pm25 = await open.v2(group.resolve("pm25"), { kind: "array" });
    expect(await get(pm25, [0, 2, 2])).toBe(-2_147_483_648);
  });

  test("carries the full time axis, the cell centres and the grid from the first step on", async () => {
    const group = storeOf(await encodeMapStep(product, { index: 0, values: { pm25: cells, wind: calm } }, gzip));
    const read = async (name: string) => [...(await get(await open.v2(group.resolve(name), { kind: "array" }))).data];
    expect(await read("time")).toEqual([Date.UTC(2026, 6, 1, 1) / 1000, Date.UTC(2026, 6, 1, 2) / 1000]);
    expect(await read("lat")).toEqual([40.5, 40.508, 40.516, 40.524].map((lat) => expect.closeTo(lat, 9)));
    const attributes = (await open.v2(group, { kind: "group" })).attrs;
    expect(JSON.parse(String(attributes.nereus_grid))).toEqual(product.grid);
    expect(attributes).toMatchObject({ nereus_run: "r1", license: "CC-BY-4.0", nereus_model_version: "test" });
  });

  test("gives the same metadata for every step and the same bytes for the same step", async () => {
    const values = { pm25: cells, wind: calm };
    const first = await encodeMapStep(product, { index: 0, values }, gzip);
    const again = await encodeMapStep(product, { index: 0, values }, gzip);
    const second = await encodeMapStep(product, { index: 1, values }, gzip);
    expect(again).toEqual(first);
    expect(second.slice(0, -2)).toEqual(first.slice(0, -2));
    expect(second.slice(-2).map(({ path }) => path)).toEqual(["map.zarr/pm25/1.0.0", "map.zarr/wind/1.0.0"]);
  });

  test("decodes to the same integers without a Zarr library", async () => {
    const files = await encodeMapStep(product, { index: 0, values: { pm25: cells, wind: calm } }, gzip);
    const chunk = files.find(({ path }) => path === mapChunkPath("pm25", 0));
    const { packing } = aVariable();
    const packed = decodeChunk(chunk?.bytes ?? new Uint8Array(), { packing, length: 20, gunzip: gunzipSync });
    const decoded = unpackValues(packing, packed);
    expect(decoded[7]).toBeNaN();
    expect(decoded[19]).toBe(Math.round((cells[19] ?? 0) / 0.1) * 0.1);
  });

  test("names its projected axes and its grid mapping on a Lambert grid", async () => {
    const lambert = aProduct({ grid: aLambertGrid });
    const group = storeOf(await encodeMapStep(lambert, { index: 0, values: { pm25: new Float32Array(30) } }, gzip));
    const pm25 = await open.v2(group.resolve("pm25"), { kind: "array" });
    expect(pm25.attrs).toMatchObject({ _ARRAY_DIMENSIONS: ["time", "y", "x"], grid_mapping: "crs" });
    const crs = await open.v2(group.resolve("crs"), { kind: "array" });
    expect(crs.attrs).toMatchObject({
      grid_mapping_name: "lambert_conformal_conic",
      standard_parallel: [40, 42],
      earth_radius: 6_370_000,
    });
  });

  test.each([
    ["above the range", 4000],
    ["infinite", Number.POSITIVE_INFINITY],
    ["equal to the fill value", -3276.8],
  ])("refuses a value that is %s", async (_, value) => {
    const wind = new Float32Array(20).fill(value);
    await expect(encodeMapStep(product, { index: 0, values: { pm25: cells, wind } }, gzip)).rejects.toThrow(
      /value-out-of-range.*wind/,
    );
  });

  test("refuses a field of another size", async () => {
    await expect(
      encodeMapStep(product, { index: 0, values: { pm25: calm.slice(1), wind: calm } }, gzip),
    ).rejects.toThrow(/grid-mismatch/);
  });
});

function storeOf(files: readonly { path: string; bytes: Uint8Array }[]) {
  const store = new Map<`/${string}`, Uint8Array>();
  for (const { path, bytes } of files) store.set(`/${path}`, bytes);
  return root(store).resolve("map.zarr");
}
