import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { unpack } from "@/lib/formats/packing";
import { openTiff } from "@/lib/formats/tiff/open-tiff";
import { aTiff, type Tag } from "@/test/fixtures/a-tiff";

const open = (file: Parameters<typeof aTiff>[0]) =>
  openTiff(memoryByteSource("image.tif", aTiff(file)), (bytes) => inflateSync(bytes));

async function bandOf(file: Parameters<typeof aTiff>[0], slab: [number[]?, number[]?] = [], name = "band_1") {
  return [...(await (await open(file)).readRaw(name, ...slab))];
}

test("a window of a band holds its rows and columns", async () => {
  expect(
    await bandOf({}, [
      [1, 1],
      [1, 2],
    ]),
  ).toEqual([6, 7]);
});

test("samples that lie together are bands", async () => {
  const tags: Tag[] = [
    { tag: 256, type: 4, values: [2] },
    { tag: 277, type: 3, values: [2] },
    { tag: 258, type: 3, values: [8, 8] },
  ];
  expect(await bandOf({ tags }, [], "band_2")).toEqual([2, 4, 6, 8]);
});

test("samples of 12 bits start at whole bytes in each row", async () => {
  const tags: Tag[] = [
    { tag: 256, type: 4, values: [2] },
    { tag: 258, type: 3, values: [12] },
  ];
  expect(await bandOf({ tags, pixels: [0x12, 0x34, 0x56, 0xab, 0xcd, 0xef] })).toEqual([0x123, 0x456, 0xabc, 0xdef]);
});

test("zlib with differences between neighbours is undone", async () => {
  const tags: Tag[] = [
    { tag: 259, type: 3, values: [8] },
    { tag: 317, type: 3, values: [2] },
  ];
  const pixels = [...deflateSync(Uint8Array.from([10, 1, 1, 255, 20, 0, 0, 5]))];
  expect(await bandOf({ tags, pixels })).toEqual([10, 11, 12, 11, 20, 20, 20, 25]);
});

test("PackBits runs and literals are spread out", async () => {
  const tags: Tag[] = [{ tag: 259, type: 3, values: [32_773] }];
  expect(await bandOf({ tags, pixels: [253, 7, 128, 3, 1, 2, 3, 4] })).toEqual([7, 7, 7, 7, 1, 2, 3, 4]);
});

test("LZW codes repeat what they were given before", async () => {
  // Clear, 1, 2, then the string 258 = (1, 2) three times: 9 bits each.
  const codes = [256, 1, 2, 258, 258, 258, 257].map((code) => code.toString(2).padStart(9, "0")).join("");
  const pixels = (codes.padEnd(64, "0").match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2));
  expect(await bandOf({ tags: [{ tag: 259, type: 3, values: [5] }], pixels })).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
});

test("scale, offset and missing value are those of GDAL", async () => {
  const xml =
    '<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.5</Item><Item name="OFFSET" sample="0" role="offset">100</Item></GDALMetadata>\0';
  const tags: Tag[] = [
    { tag: 42_112, type: 2, values: xml },
    { tag: 42_113, type: 2, values: "3\0" },
  ];
  const dataset = await open({ tags });
  const variable = dataset.variables.get("band_1");
  if (variable === undefined) throw new Error("band_1 is absent");
  expect([...unpack(variable, await dataset.readRaw("band_1"))].slice(0, 4)).toEqual([100.5, 101, Number.NaN, 102]);
});

test("the place of an image comes from its tie point, scale and keys", async () => {
  const tags: Tag[] = [
    { tag: 33_550, type: 12, values: [0.5, 0.25, 0] },
    { tag: 33_922, type: 12, values: [0, 0, 0, 14, 41, 0] },
    { tag: 34_735, type: 3, values: [1, 1, 0, 1, 2048, 0, 1, 4326] },
  ];
  const { attributes, format } = await open({ tags });
  expect(format).toBe("geotiff");
  expect(attributes.crs).toBe("EPSG:4326");
  expect([...(attributes.bounds ?? [])]).toEqual([14, 40.5, 16, 41]);
});

test.each<[string, Parameters<typeof aTiff>[0], string, string]>([
  ["two widths", { tags: [{ tag: 256, type: 4, values: [4, 4] }] }, "format-invalid", "tag 256 (ImageWidth)"],
  [
    "a compression that is no integer",
    { tags: [{ tag: 259, type: 5, values: [1] }] },
    "format-invalid",
    "tag 259 (Compression)",
  ],
  ["no rows per strip", { tags: [{ tag: 278, type: 4, values: [0] }] }, "format-invalid", "tag 278 (RowsPerStrip)"],
  ["a strip beyond the end", { tags: [{ tag: 273, type: 4, values: [9000] }] }, "file-truncated", ""],
  [
    "LZW that ends early",
    { tags: [{ tag: 259, type: 3, values: [5] }], pixels: [128, 0, 0, 0] },
    "format-invalid",
    "strip 0 (byte 8)",
  ],
  [
    "pixels that a strip cannot hold",
    {
      tags: [
        { tag: 259, type: 3, values: [8] },
        { tag: 256, type: 4, values: [1e6] },
      ],
    },
    "format-invalid",
    "strip 0 (byte 8)",
  ],
  ["fax compression", { tags: [{ tag: 259, type: 3, values: [4] }] }, "unsupported-feature", ""],
  ["samples of 24 bits", { tags: [{ tag: 258, type: 3, values: [24] }] }, "unsupported-feature", ""],
])("%s are refused with their place", async (_, file, code, place) => {
  const fields = place === "" ? {} : { place };
  await expect(bandOf(file)).rejects.toMatchObject({ code, fields });
});
