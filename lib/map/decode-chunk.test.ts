import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeChunk } from "@/lib/formats/zarr/chunk";
import { undoDelta } from "@/lib/map/decode-chunk";

test.each([
  ["int16", Int16Array, 0x7fff],
  ["int32", Int32Array, 0x7fffffff],
] as const)("what the store encodes as %s comes back as the same integers", async (dtype, Integers, most) => {
  const cells = fc.array(fc.integer({ min: -most - 1, max: most }), { minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(cells, async (values) => {
      const stored = await encodeChunk(Integers.from(values), async (bytes) => gzipSync(bytes));
      const inflated = Uint8Array.from(gunzipSync(stored));
      const back = undoDelta(inflated.buffer, dtype, values.length);
      expect(back).toBeInstanceOf(Integers);
      expect([...back]).toEqual(values);
    }),
  );
});

test("a chunk of another size is refused with both sizes named", () => {
  expect(() => undoDelta(new ArrayBuffer(6), "int16", 4)).toThrow("a chunk of 4 int16 has 8 bytes, this one 6");
});
