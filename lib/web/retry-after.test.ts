import { expect, test } from "vitest";
import { readRetryAfter } from "@/lib/web/retry-after";

test.each([
  [undefined, null],
  ["", null],
  ["120", 120],
  [" 7 ", 7],
  ["Wed, 01 Jul 2026 00:01:30 GMT", 90],
  ["Wed, 01 Jul 2020 00:00:00 GMT", 0],
  ["soon", null],
])("%s is %s s", (text, seconds) => expect(readRetryAfter(text, new Date("2026-07-01T00:00:00Z"))).toBe(seconds));
