import { expect, test } from "vitest";
import { findCommandReferences, placeOf } from "@/lib/dag/command-references";

test.each([
  ["cat workflow:///A/f1", ["workflow:///A/f1"]],
  ["cat workflow:///A/f1; ls", ["workflow:///A/f1"]],
  ["cat workflow:///A/f1>o", ["workflow:///A/f1"]],
  ["cat workflow:///A/f1|wc", ["workflow:///A/f1"]],
  ["cat workflow:///A/f1\nls", ["workflow:///A/f1"]],
  ["(cat workflow:///A/f1)", ["workflow:///A/f1"]],
  ["cat 'workflow:///A/f1'", ["workflow:///A/f1"]],
  ["cat 'workflow:///A/my file'", ["workflow:///A/my file"]],
  ['cat "workflow:///A/my file" x', ["workflow:///A/my file"]],
  ["cat workflow:///A/my\\ file x", ["workflow:///A/my file"]],
  ["cat workflow:///A/f1 workflow:///AB/f2", ["workflow:///A/f1", "workflow:///AB/f2"]],
  ["echo it\\'s workflow:///A/f1", ["workflow:///A/f1"]],
  ["echo plain", []],
])("%j refers to %j", (command, expected) => {
  expect(findCommandReferences(command).map((found) => found.text)).toEqual(expected);
});

test("a reference knows its place and its quotes", () => {
  const command = 'cd x\ncat "workflow:///A/f"';
  const [found] = findCommandReferences(command);
  expect(found).toMatchObject({ quote: "double" });
  expect(placeOf(command, found?.start ?? 0)).toEqual({ line: 2, column: 6 });
});
