import { deflateSync } from "node:zlib";
import { fromArrayBuffer } from "geotiff";
import { describe, expect, test } from "vitest";
import { encodeCog } from "@/lib/formats/cog/encode-cog";
import { packValues } from "@/lib/formats/pack";
import { aLambertGrid, aProduct, aVariable } from "@/test/fixtures/a-product";

const large = { kind: "latlon", nX: 700, nY: 530, lon0: 14, lat0: 40, dLon: 0.01, dLat: 0.01 } as const;
const cells = Float32Array.from({ length: 700 * 530 }, (_, cell) =>
  cell % 97 === 0 ? Number.NaN : (cell * 7919) % 9973,
);

describe.each([
  ["int16", { dtype: "int16", scale: 0.5, offset: 100, fill: -32_768 }],
  ["int32", { dtype: "int32", scale: 0.1, offset: 0, fill: -2_147_483_648 }],
] as const)("a COG of %s", (_, packing) => {
  const variable = aVariable({ packing });
  const packed = packValues(variable, cells);
  const file = encodeCog({ grid: large, variable, packed, metadata: { run: "r<1>" } }, (bytes) => deflateSync(bytes));

  test("holds the packed integers pixel for pixel, row 0 in the north", async () => {
    const tiff = await fromArrayBuffer(exactBuffer(file));
    const image = await tiff.getImage(0);
    const [read] = await image.readRasters();
    for (const row of [0, 255, 256, 529])
      expect(Array.from({ length: 700 }, (_, x) => Reflect.get(Object(read), row * 700 + x))).toEqual([
        ...packed.subarray((529 - row) * 700, (530 - row) * 700),
      ]);
    expect(image.getGDALNoData()).toBe(packing.fill);
    expect(image.getBoundingBox()).toEqual([13.995, 39.995, 20.995, 45.295].map((edge) => expect.closeTo(edge, 9)));
  });

  test("has overviews that keep every second cell", async () => {
    const tiff = await fromArrayBuffer(exactBuffer(file));
    expect(await tiff.getImageCount()).toBe(3);
    const overview = await tiff.getImage(1);
    expect([overview.getWidth(), overview.getHeight()]).toEqual([350, 265]);
    const [read] = await overview.readRasters();
    expect(Reflect.get(Object(read), 350 * 3 + 5)).toBe(packed[(529 - 6) * 700 + 10]);
  });

  test("gives the same bytes for the same field", () => {
    const again = encodeCog({ grid: large, variable, packed, metadata: { run: "r<1>" } }, (bytes) =>
      deflateSync(bytes),
    );
    expect(again).toEqual(file);
  });
});

describe("a COG", () => {
  test("says its scale, offset and unit where GDAL looks for them", async () => {
    const variable = aVariable({ packing: { dtype: "int16", scale: 0.05, offset: 273.15, fill: -32_768 }, units: "K" });
    const packed = packValues(variable, new Float32Array(20).fill(300));
    const { grid } = aProduct();
    const file = encodeCog({ grid, variable, packed, metadata: { run: "r<1>" } }, (bytes) => deflateSync(bytes));
    const image = await (await fromArrayBuffer(exactBuffer(file))).getImage(0);
    expect(await image.getGDALMetadata(0)).toMatchObject({ SCALE: "0.05", OFFSET: "273.15", UNITTYPE: "K" });
  });

  test("describes a Lambert grid on the model's sphere", async () => {
    const packed = new Int32Array(30);
    const file = encodeCog({ grid: aLambertGrid, variable: aVariable(), packed, metadata: {} }, (b) => deflateSync(b));
    const image = await (await fromArrayBuffer(exactBuffer(file))).getImage(0);
    expect(image.getGeoKeys()).toMatchObject({
      GTModelTypeGeoKey: 1,
      ProjCoordTransGeoKey: 8,
      GeogSemiMajorAxisGeoKey: 6_370_000,
      ProjStdParallel1GeoKey: 40,
      ProjFalseOriginLatGeoKey: 40.8,
    });
    expect(image.getOrigin().slice(0, 2)).toEqual([-60_000, 50_000]);
  });

  test("refuses a field of another size than its grid", () => {
    const { grid } = aProduct();
    expect(() =>
      encodeCog({ grid, variable: aVariable(), packed: new Int32Array(3), metadata: {} }, (b) => deflateSync(b)),
    ).toThrow(/3 cells/);
  });
});

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer;
}
