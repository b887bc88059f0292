import { expect, test } from "vitest";
import { formatSignificant } from "@/lib/messages/format-significant";

test.each([
  [0, "en", "0"],
  [287.123456, "en", "287.12"],
  [287.1, "it", "287,1"],
  [-0.00123456, "en", "\u22120.0012346"],
  [101_325.4, "en", "101\u2009325"],
  [3.2e-12, "en", "3.200 × 10^-12"],
] as const)("%d in %s is %s", (value, locale, text) => expect(formatSignificant(value, locale)).toBe(text));
