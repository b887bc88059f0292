import { expect, test } from "vitest";
import { firstValue } from "@/app/_shell/first-value";

test.each([
  ["a", "a"],
  [["a", "b"], "a"],
  [[], undefined],
  [undefined, undefined],
])("%j of an address is %j", (value, first) => {
  expect(firstValue(value)).toBe(first);
});
