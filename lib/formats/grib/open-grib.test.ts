import { expect, test } from "vitest";
import { openGrib } from "@/lib/formats/grib/open-grib";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { aGribMessage, scaledRepresentation, u16, u32 } from "@/test/fixtures/a-grib-message";

const open = (bytes: Uint8Array) => openGrib(memoryByteSource("fields.grib2", bytes), noImages);

/** No message here holds a picture that could be opened. */
async function noImages(): Promise<never> {
  throw new Error("a codestream was opened");
}

async function valuesOf(message: Parameters<typeof aGribMessage>[0], slab: [number[]?, number[]?] = []) {
  const dataset = await open(aGribMessage(message));
  const [name = ""] = dataset.variables.keys();
  return [...(await dataset.readRaw(name, ...slab))];
}

const simple8 = { nColumns: 3, nRows: 2, representation: scaledRepresentation(0, 8), data: [1, 2, 3, 4, 5, 6] };

test("a field is named, timed and shaped", async () => {
  const dataset = await open(aGribMessage(simple8));
  const [variable] = dataset.variables.values();
  expect(variable).toMatchObject({ name: "001:u:heightAboveGround:10:6", shape: [2, 3] });
  expect(dataset.timesUtc).toEqual(["2026-07-01T06:00:00Z"]);
});

test("a window of a field holds its rows and columns", async () => {
  expect(
    await valuesOf(simple8, [
      [1, 1],
      [1, 2],
    ]),
  ).toEqual([5, 6]);
});

test("reference and scales give the value: (reference + packed x 2^E) / 10^D", async () => {
  const representation = [...u16(0), ...[0x40, 0x20, 0, 0], ...u16(1), ...u16(1), 8];
  expect(await valuesOf({ ...simple8, representation })).toEqual([0.45, 0.65, 0.85, 1.05, 1.25, 1.45]);
});

test("logarithmic packing gives exp(packed) less its offset", async () => {
  const representation = scaledRepresentation(61, 8, [0x3f, 0x80, 0, 0]);
  const values = await valuesOf({ ...simple8, representation, data: [0, 1, 2, 3, 0, 0] });
  expect(values).toEqual([0, Math.E - 1, Math.exp(2) - 1, Math.exp(3) - 1, 0, 0]);
});

test("points outside the bitmap are missing", async () => {
  const message = { ...simple8, data: [7, 8, 9], packedPoints: 3, bitmap: [0b10101000] };
  expect(await valuesOf(message)).toEqual([7, Number.NaN, 8, Number.NaN, 9, Number.NaN]);
});

test("columns that lie together and rows that run back and forth come in rows", async () => {
  expect(await valuesOf({ ...simple8, scanning: 0x20 })).toEqual([1, 3, 5, 2, 4, 6]);
  expect(await valuesOf({ ...simple8, scanning: 0x10 })).toEqual([1, 2, 3, 6, 5, 4]);
});

/** Section 5 from octet 21 on of complex packing: one group of 6 values in 3 bits. */
const oneGroup = (missing: number) => [
  0,
  1,
  missing,
  ...u32(0),
  ...u32(0),
  ...u32(1),
  3,
  0,
  ...u32(6),
  1,
  ...u32(6),
  0,
];

test.each([
  [0, [], [1, 2, 0, 1, 2, 3], [1, 2, 0, 1, 2, 3]],
  [1, [5, 0], [0, 2, 0, 1, 2, 3], [5, 7, 7, 8, 10, 13]],
  [2, [5, 6, 0], [0, 0, 0, 1, 2, 3], [5, 6, 7, 9, 13, 20]],
])("spatial differencing of order %d is undone", async (order, descriptors, packed, wanted) => {
  const representation = scaledRepresentation(3, 4, [...oneGroup(0), order, 1]);
  const bits = packed.reduce((all, value) => all * 8 + value, 0) * 2 ** 6;
  const data = [...descriptors, 0, (bits >> 16) & 255, (bits >> 8) & 255, bits & 255];
  expect(await valuesOf({ nColumns: 3, nRows: 2, representation, data })).toEqual(wanted);
});

test("values of all ones are missing where the groups say so", async () => {
  const representation = scaledRepresentation(2, 4, oneGroup(1));
  const data = [0, 0b00111101, 0b00000101, 0b11000000];
  expect(await valuesOf({ nColumns: 3, nRows: 2, representation, data })).toEqual([1, Number.NaN, 2, 0, 2, Number.NaN]);
});

test("complex packing without data is a constant field, not a ramp", async () => {
  const groups = [0, 1, 0, ...u32(0), ...u32(0), ...u32(0), 0, 0, ...u32(0), 0, ...u32(0), 0];
  const representation = scaledRepresentation(3, 0, [...groups, 2, 2]);
  expect(await valuesOf({ nColumns: 2, nRows: 2, representation, data: [] })).toEqual([0, 0, 0, 0]);
});

test("IEEE values are as they are", async () => {
  const data = [0x3f, 0xc0, 0, 0, 0xc0, 0x20, 0, 0];
  const representation = [...u16(4), 1];
  expect(await valuesOf({ nColumns: 2, nRows: 1, representation, data })).toEqual([1.5, -2.5]);
});

test("runs of levels are spread out, level 0 missing", async () => {
  // 4 bits, two levels: 3 to 15 are digits in base 13.
  const representation = [...u16(200), 4, ...u16(2), ...u16(2), 1, ...u16(5), ...u16(15)];
  const data = [0x14, 0x02, 0x30];
  const message = { nColumns: 2, nRows: 2, representation, data };
  expect(await valuesOf(message)).toEqual([0.5, 0.5, Number.NaN, 1.5]);
});

test.each([
  ["data that end before the values", { ...simple8, data: [1, 2] }, "end before its values"],
  ["a bitmap that asks for more values", { ...simple8, packedPoints: 2, bitmap: [0xff] }, "bitmap"],
  ["a broken PNG", { ...simple8, representation: scaledRepresentation(41, 8) }, "end before its values"],
  ["a broken JPEG 2000", { ...simple8, representation: scaledRepresentation(40, 8) }, "end before its values"],
])("%s are refused", async (_, message, problem) => {
  await expect(valuesOf(message)).rejects.toMatchObject({
    code: "format-invalid",
    fields: { problem: expect.stringContaining(problem) },
  });
});

test("a message that is cut says how long it is", async () => {
  const whole = aGribMessage(simple8);
  await expect(open(whole.subarray(0, whole.length - 9))).rejects.toMatchObject({
    code: "file-truncated",
    fields: { expectedBytes: whole.length, actualBytes: whole.length - 9 },
  });
});

test("a packing nobody here decodes is refused by its name", async () => {
  const message = { ...simple8, representation: scaledRepresentation(50, 8) };
  await expect(valuesOf(message)).rejects.toMatchObject({
    code: "unsupported-feature",
    fields: { feature: expect.stringContaining("spectral") },
  });
});

test("a JPEG 2000 image far larger than its field is refused without opening it", async () => {
  const size = [...u32(60_000), ...u32(60_000), ...u32(0), ...u32(0)];
  const data = [0xff, 0x4f, 0xff, 0x51, ...u16(41), ...u16(0), ...size];
  const message = { ...simple8, representation: scaledRepresentation(40, 8), data };
  await expect(valuesOf(message)).rejects.toMatchObject({ code: "format-invalid" });
});
