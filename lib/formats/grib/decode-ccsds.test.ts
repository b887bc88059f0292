import { expect, test } from "vitest";
import { decodeCcsds } from "@/lib/formats/grib/decode-ccsds";

const coding = { bits: 8, count: 8, blockSize: 8, referenceInterval: 2, flags: 8 };

/** Bits as text, spaces apart, to bytes. */
function bytesOf(text: string): Uint8Array {
  const bits = text.replace(/\s/g, "");
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, "0"), 2),
  );
}

const byte = (value: number) => value.toString(2).padStart(8, "0");

test("a block of zeros repeats its reference", () => {
  expect([...decodeCcsds(bytesOf(`000 0 ${byte(42)} 1`), coding)]).toEqual(Array.from({ length: 8 }, () => 42));
});

test("a block stored as it is holds mapped differences after its reference", () => {
  const mapped = [2, 1, 0, 4, 3, 0, 0].map(byte).join(" ");
  expect([...decodeCcsds(bytesOf(`111 ${byte(100)} ${mapped}`), coding)]).toEqual([
    100, 101, 100, 100, 102, 100, 100, 100,
  ]);
});

test("split samples are a unary high part and plain low bits", () => {
  // k = 1: 3 = 1 x 2 + 1, 0, 2, ...
  const text = `010 ${byte(10)} 01 1 01 1 1 1 1   1 0 0 0 0 0 0`;
  expect([...decodeCcsds(bytesOf(text), coding)]).toEqual([10, 8, 8, 9, 9, 9, 9, 9]);
});

test("pairs of small values share a code", () => {
  // Codes 1, 2, 3, 4 are the pairs (1,0), (0,1), (2,0), (1,1); the reference stands in the place of the first 1.
  const text = `000 1 ${byte(0)} 01 001 0001 00001`;
  expect([...decodeCcsds(bytesOf(text), coding)]).toEqual([0, 0, 0, 1, 2, 2, 1, 0]);
});

test("near the ends of the range a difference is taken from the other end", () => {
  const mapped = [250, 0, 0, 0, 0, 0, 0].map(byte).join(" ");
  expect([...decodeCcsds(bytesOf(`111 ${byte(3)} ${mapped}`), coding)].slice(0, 2)).toEqual([3, 250]);
});

test("data that end early are refused", () => {
  expect(() => decodeCcsds(bytesOf("111 00000001"), coding)).toThrow();
});
