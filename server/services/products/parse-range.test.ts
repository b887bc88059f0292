import { expect, test } from "vitest";
import { parseRange } from "@/server/services/products/parse-range";

test.each([
  ["bytes=0-0", { from: 0, to: 0 }],
  ["bytes=10-", { from: 10, to: 99 }],
  ["bytes=-5", { from: 95, to: 99 }],
  ["bytes=-500", { from: 0, to: 99 }],
  ["bytes=90-500", { from: 90, to: 99 }],
  ["bytes=100-", "outside"],
  ["bytes=-0", "outside"],
  ["bytes=5-4", null],
  ["bytes=0-1,5-6", null],
  ["lines=0-1", null],
  ["bytes=-", null],
  [null, null],
])("%s of 100 bytes", (header, wanted) => {
  expect(parseRange(header, 100)).toEqual(wanted);
});
