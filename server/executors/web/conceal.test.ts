import { expect, test } from "vitest";
import { concealer, dropCutSecret } from "@/server/executors/web/conceal";

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

test("the beginning of a hidden text at the end of a cut one goes, in its longest form", () => {
  expect(dropCutSecret("you said Bearer s3c", ["s3cret", "Bearer s3cret"])).toBe("you said ");
  expect(dropCutSecret("all s3cret", ["s3cret"])).toBe("all s3cret");
  expect(dropCutSecret("plain", [])).toBe("plain");
});
