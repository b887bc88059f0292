import { expect, test } from "vitest";
import { parseReference } from "@/lib/dag/reference";

test.each([
  ["workflow:///A/f1", { workflow: null, cycleOffset: null, node: "A", path: "f1" }],
  ["workflow:///A/", { workflow: null, cycleOffset: null, node: "A", path: "" }],
  ["workflow:///A", { workflow: null, cycleOffset: null, node: "A", path: "" }],
  ["workflow:///A/hours/*.nc", { workflow: null, cycleOffset: null, node: "A", path: "hours/*.nc" }],
  ["workflow://roms/B/x", { workflow: "roms", cycleOffset: null, node: "B", path: "x" }],
  ["workflow://roms@-P1D/B/x", { workflow: "roms", cycleOffset: "-P1D", node: "B", path: "x" }],
])("%s is read", (text, expected) => {
  expect(parseReference(text, "node x")).toEqual(expected);
});

test.each(["workflow://", "workflow:///", "workflow:///A/../B", "workflow:///A//etc", "file:///A/b"])(
  "%s is refused with its place",
  (text) => {
    expect(() => parseReference(text, "node x")).toThrow("reference-invalid");
  },
);
