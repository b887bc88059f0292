import fc from "fast-check";
import { expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { openClassic } from "@/lib/formats/classic/open-classic";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";

test.each([1, 2, 5])("CDF-%d: records of odd length are read without their padding", async (version) => {
  const dataset = await openClassic(memoryByteSource("a.nc", aFile({ version, records: 3 })));
  expect(dataset.dimensions).toEqual({ time: 3, x: 3 });
  expect(dataset.attributes).toEqual({ title: "odd", levels: Float64Array.of(0.5, 2) });
  expect([...(await dataset.readRaw("zeta"))]).toEqual([1, 2, 3, 11, 12, 13, 21, 22, 23]);
  expect([...(await dataset.readRaw("flag"))]).toEqual([-1, -2, -3]);
  expect([...(await dataset.readRaw("x"))]).toEqual([1.5, 2.5, 3.5]);
  expect([...(await dataset.readRaw("zeta", [1, 1], [2, 2]))]).toEqual([12, 13, 22, 23]);
  expect([...(await dataset.readRaw("zeta", [2], [1]))]).toEqual([21, 22, 23]);
});

test("a single record variable has no padding between its records", async () => {
  const dataset = await openClassic(memoryByteSource("a.nc", aFile({ version: 1, records: 3, onlyZeta: true })));
  expect([...(await dataset.readRaw("zeta"))]).toEqual([1, 2, 3, 11, 12, 13, 21, 22, 23]);
});

test("a file that is being streamed has as many records as fit into it", async () => {
  const bytes = aFile({ version: 1, records: 3 });
  bytes.set([0xff, 0xff, 0xff, 0xff], 4);
  const dataset = await openClassic(memoryByteSource("a.nc", bytes));
  expect(dataset.dimensions.time).toBe(3);
});

test("a file without records is valid and empty", async () => {
  const dataset = await openClassic(memoryByteSource("a.nc", aFile({ version: 2, records: 0 })));
  expect(dataset.dimensions.time).toBe(0);
  expect(await dataset.readRaw("zeta")).toHaveLength(0);
});

test("64-bit integers of CDF-5 come as numbers", async () => {
  const header = [
    ...ascii("CDF\x05"),
    ...u64(0),
    ...u32(10),
    ...u64(1),
    ...name("n", 5),
    ...u64(2),
    ...u32(0),
    ...u64(0),
    ...u32(11),
    ...u64(1),
    ...name("big", 5),
    ...u64(1),
    ...u64(0),
    ...u32(0),
    ...u64(0),
    ...u32(10),
    ...u64(16),
  ];
  const bytes = Uint8Array.from([...header, ...u64(header.length + 8), ...u64(9007199254740991), ...u64(7)]);
  const dataset = await openClassic(memoryByteSource("a.nc", bytes));
  expect(await dataset.readRaw("big")).toEqual(Float64Array.of(9007199254740991, 7));
});

test("a window of a large variable costs few small reads", async () => {
  const [nY, nX] = [2000, 2000];
  const header = [
    ...ascii("CDF\x01"),
    ...u32(0),
    ...list(10, [
      [...name("y", 1), ...u32(nY)],
      [...name("x", 1), ...u32(nX)],
    ]),
    ...u32(0),
    ...u32(0),
    ...u32(11),
    ...u32(1),
    ...name("h", 1),
    ...[2, 0, 1].flatMap(u32),
    ...u32(0),
    ...u32(0),
    ...u32(5),
    ...u32(4 * nX * nY),
  ];
  const bytes = new Uint8Array(header.length + 4 + 4 * nX * nY);
  bytes.set([...header, ...u32(header.length + 4)]);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < nX * nY; at += 1) view.setFloat32(header.length + 4 + 4 * at, at);
  const { source, reads } = counting(memoryByteSource("big.nc", bytes));
  const dataset = await openClassic(source);
  reads.length = 0;
  const window = await dataset.readRaw("h", [1000, 500], [40, 20]);
  expect(window[0]).toBe(1000 * nX + 500);
  expect(window.at(-1)).toBe(1039 * nX + 519);
  expect(reads.length).toBeLessThanOrEqual(40);
  expect(reads.reduce((sum, one) => sum + one, 0)).toBeLessThan(400_000);
});

test("a cut file is refused with both sizes", async () => {
  const bytes = aFile({ version: 1, records: 3 });
  const error = await openClassic(memoryByteSource("cut.nc", bytes.slice(0, -5))).catch((cause: unknown) => cause);
  expect(isNereusError(error, "file-truncated") && error.fields).toMatchObject({
    file: "cut.nc",
    actualBytes: bytes.length - 5,
  });
});

test("a piece outside a variable and an unknown variable are refused by name", async () => {
  const dataset = await openClassic(memoryByteSource("a.nc", aFile({ version: 1, records: 3 })));
  await expect(dataset.readRaw("zeta", [2, 0], [2, 3])).rejects.toMatchObject({ code: "grid-mismatch" });
  await expect(dataset.readRaw("zeta", [-1])).rejects.toMatchObject({ code: "grid-mismatch" });
  await expect(dataset.readRaw("nope")).rejects.toMatchObject({
    code: "variable-missing",
    fields: { variable: "nope", present: "x, zeta, flag" },
  });
});

test("a header that lies ends in a typed error and takes no memory", async () => {
  const lies = fc.array(fc.record({ at: fc.nat(200), value: fc.constantFrom(0, 1, 0x7f, 0xff) }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(1, 2, 5), lies, fc.nat(400), async (version, changes, length) => {
      const bytes = aFile({ version, records: 3 });
      for (const { at, value } of changes) bytes[Math.max(4, at)] = value;
      try {
        const dataset = await openClassic(
          memoryByteSource("hostile.nc", length > 200 ? bytes : bytes.slice(0, length)),
        );
        for (const variable of dataset.variables.values()) {
          const values = await dataset.readRaw(variable.name);
          expect(values.byteLength).toBeLessThanOrEqual(bytes.length * 8);
        }
      } catch (error) {
        if (!isNereusError(error)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

/** x(x) float, zeta(time, x) short = 10 * record + column + 1, flag(time) byte = -1 - record. */
function aFile({ version, records, onlyZeta = false }: { version: number; records: number; onlyZeta?: boolean }) {
  const size = version === 5 ? u64 : u32;
  const offset = version === 1 ? u32 : u64;
  const zetaBytes = onlyZeta ? 6 : 8;
  const recordBytes = onlyZeta ? 6 : 12;
  const variables = (begin: number) => [
    [...name("x", version), ...size(1), ...size(1), ...absent(size), ...u32(5), ...size(12), ...offset(begin)],
    [
      ...name("zeta", version),
      ...size(2),
      ...size(0),
      ...size(1),
      ...absent(size),
      ...u32(3),
      ...size(8),
      ...offset(begin + 12),
    ],
    ...(onlyZeta
      ? []
      : [
          [
            ...name("flag", version),
            ...size(1),
            ...size(0),
            ...absent(size),
            ...u32(1),
            ...size(4),
            ...offset(begin + 12 + zetaBytes),
          ],
        ]),
  ];
  const header = (begin: number) => [
    ...ascii("CDF"),
    version,
    ...size(records),
    ...list(
      10,
      [
        [...name("time", version), ...size(0)],
        [...name("x", version), ...size(3)],
      ],
      size,
    ),
    ...list(
      12,
      [
        [...name("title", version), ...u32(2), ...size(3), ...ascii("odd\0")],
        [...name("levels", version), ...u32(6), ...size(2), ...f64(0.5), ...f64(2)],
      ],
      size,
    ),
    ...list(11, variables(begin), size),
  ];
  const begin = header(0).length;
  const bytes = new Uint8Array(begin + 12 + records * recordBytes).fill(0xee);
  bytes.set(header(begin));
  const view = new DataView(bytes.buffer);
  [1.5, 2.5, 3.5].forEach((value, i) => void view.setFloat32(begin + 4 * i, value));
  for (let record = 0; record < records; record += 1) {
    const at = begin + 12 + record * recordBytes;
    [1, 2, 3].forEach((value, i) => void view.setInt16(at + 2 * i, 10 * record + value));
    if (!onlyZeta) view.setInt8(at + zetaBytes, -1 - record);
  }
  return bytes;
}

function counting(source: ByteSource): { source: ByteSource; reads: number[] } {
  const reads: number[] = [];
  const read = (offset: number, length: number) => {
    reads.push(length);
    return source.read(offset, length);
  };
  return { source: { ...source, read }, reads };
}

function list(tag: number, items: readonly (readonly number[])[], size: (value: number) => number[] = u32): number[] {
  return [...u32(tag), ...size(items.length), ...items.flat()];
}

function absent(size: (value: number) => number[]): number[] {
  return [...u32(0), ...size(0)];
}

function name(text: string, version: number): number[] {
  const padding = Array.from({ length: (4 - (text.length % 4)) % 4 }, () => 0);
  return [...(version === 5 ? u64 : u32)(text.length), ...ascii(text), ...padding];
}

function ascii(text: string): number[] {
  return [...text].map((one) => one.charCodeAt(0));
}

function u32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function u64(value: number): number[] {
  return [...u32(Math.floor(value / 2 ** 32)), ...u32(value % 2 ** 32)];
}

function f64(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [...new Uint8Array(view.buffer)];
}
