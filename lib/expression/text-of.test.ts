import { expect, test } from "vitest";
import { textOf } from "@/lib/expression/text-of";

test.each([
  [null, ""],
  ["a", "a"],
  [true, "true"],
  [-0, "0"],
  [0.1, "0.1"],
  [1e21, "1e+21"],
  [["x", null, 2, false], "x, 2, false"],
  [[[1, 2], [], [null], "z"], "1, 2, , , z"],
  [[{ k: [1, null] }], '{"k":[1,null]}'],
  [[], ""],
])("%j reads “%s”", (value, expected) => {
  expect(textOf(value)).toBe(expected);
});

test("a list nested a hundred thousand deep has a text", () => {
  let list: unknown = "core";
  for (let depth = 0; depth < 100_000; depth += 1) list = [list];
  expect(textOf(list)).toBe("core");
});
