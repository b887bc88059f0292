import fc from "fast-check";
import { expect, test } from "vitest";
import { BitReader, BitsExhausted } from "@/lib/formats/bits";

/** The same bits as text, which any width can be cut from. */
const bitsOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

const someBytes = fc.uint8Array({ minLength: 1, maxLength: 64 });

test("integers of every width follow one another, at whatever bit they start", () => {
  fc.assert(
    fc.property(someBytes, fc.array(fc.integer({ min: 0, max: 32 }), { maxLength: 40 }), (bytes, widths) => {
      const reader = new BitReader(bytes);
      let rest = bitsOf(bytes);
      for (const width of widths) {
        if (width > rest.length) {
          expect(() => reader.read(width)).toThrow(BitsExhausted);
          return;
        }
        expect(reader.read(width)).toBe(Number.parseInt(`0${rest.slice(0, width)}`, 2));
        rest = rest.slice(width);
        expect(reader.remaining).toBe(rest.length);
      }
    }),
  );
});

test("a run of integers is what reading them one by one gives", () => {
  fc.assert(
    fc.property(someBytes, fc.nat(9), fc.integer({ min: 0, max: 32 }), (bytes, first, width) => {
      const [many, single] = [new BitReader(bytes), new BitReader(bytes)];
      if (first > many.remaining) return;
      many.read(first);
      single.read(first);
      const count = width === 0 ? 3 : Math.floor(many.remaining / width);
      const out = new Float64Array(count + 2).fill(-1);
      many.readInto(out, { from: 1, to: count + 1, width });
      expect([...out]).toEqual([-1, ...Array.from({ length: count }, () => single.read(width)), -1]);
      expect(many.remaining).toBe(single.remaining);
    }),
  );
});

test("zeros before a one are counted over any number of bytes; without a one they do not end", () => {
  fc.assert(
    fc.property(fc.nat(90), fc.nat(7), (zeros, lead) => {
      const text = `${"1".repeat(lead)}${"0".repeat(zeros)}1`;
      const padded = text.padEnd(Math.ceil(text.length / 8) * 8, "0");
      const bytes = Uint8Array.from(padded.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
      const reader = new BitReader(bytes);
      reader.read(lead);
      expect(reader.readUnary()).toBe(zeros);
      expect(reader.remaining).toBe(padded.length - text.length);
      expect(() => reader.readUnary()).toThrow(BitsExhausted);
    }),
  );
});
