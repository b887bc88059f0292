import { expect, test } from "vitest";
import { formatNumber, formatPosition, formatSize } from "@/lib/messages/format-number";

test.each([
  [6.84, "en", 1, "6.8"],
  [6.84, "it", 1, "6,8"],
  [9999, "en", 0, "9999"],
  [10_000, "it", 0, "10\u2009000"],
  [1_234_567.5, "en", 1, "1\u2009234\u2009567.5"],
  [-3.2, "en", 1, "\u22123.2"],
  [-0.04, "en", 1, "0.0"],
] as const)("%d in %s with %d decimals reads %s", (value, locale, decimals, text) => {
  expect(formatNumber(value, locale, decimals)).toBe(text);
});

test("sizes change unit before they reach a thousand", () => {
  expect(formatSize(812, "en")).toBe("812\u2009B");
  expect(formatSize(999_700, "en")).toBe("1.0\u2009MB");
  expect(formatSize(38_200_000, "it")).toBe("38,2\u2009MB");
});

test("a position says its hemispheres in the reader's language", () => {
  expect(formatPosition(40.8385, 14.3015, "it")).toBe("40,8385 N 14,3015 E");
  expect(formatPosition(-33.5, -70.25, "it")).toBe("33,5000 S 70,2500 O");
});
