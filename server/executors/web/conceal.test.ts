import { expect, test } from "vitest";
import { concealer } from "@/server/executors/web/conceal";

test("a hidden text stands nowhere in a value, the longest form first", () => {
  const conceal = concealer(["s3cret", "Bearer s3cret"]);
  expect(conceal({ a: ["x s3cret y", 3, null], s3cret: "Bearer s3cret" })).toEqual({
    a: ["x *** y", 3, null],
    "***": "***",
  });
});

test("without anything to hide a value stays the same, and what is too short hides nothing", () => {
  const value = { a: "abc" };
  expect(concealer([])(value)).toBe(value);
  expect(concealer(["a"])("banana")).toBe("banana");
});
