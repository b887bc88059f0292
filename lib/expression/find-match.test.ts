import { expect, test } from "vitest";
import { findMatch } from "@/lib/expression/find-match";

test.each([
  ["d\\d+", "wrfout_d03_12", "d03"],
  ["(?P<day>\\d{4}-\\d\\d)", "at 2026-07-01", "2026-07"],
  ["x*", "abc", ""],
  ["(", "(", ""],
  ["(?=a)a", "a", ""],
  ["(a)\\1", "aa", ""],
  ["", "a", ""],
])("%s in %s gives “%s”", (pattern, text, expected) => {
  expect(findMatch(pattern, text)).toBe(expected);
});

test.each(["(a+)+$", "(a|aa)+$", "(a|a?)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])(
  "%s takes no exponential time",
  (pattern) => {
    const startedAt = performance.now();
    expect(findMatch(pattern, `${"a".repeat(50_000)}!`)).toBe("");
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

test.each([
  ["x{1000}".repeat(500), "x"],
  ["([xv]*)([xu]?x?v?){0,1000}[yz](w|q)$", "xvxuxx".repeat(20_000)],
])("a search that would take too long is not begun (%.40s)", (pattern, text) => {
  const startedAt = performance.now();
  expect(findMatch(pattern, text)).toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
