import { expect, test } from "vitest";
import { overlayBindings } from "@/lib/binding/overlay-bindings";
import { taskInput } from "@/lib/binding/task-input";
import { visibleArtifacts } from "@/lib/binding/visible-artifacts";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";
import { type ArtifactId, asId, type NodeId } from "@/lib/ids";
import type { Binding } from "@/lib/pipeline/binding";

const anArtifact = (id: string, fields: Partial<ArtifactRecord> = {}): ArtifactRecord => ({
  id,
  file_path: `/d/${id}.nc`,
  file_name: `${id}.nc`,
  file_size: 10,
  mime_type: null,
  metadata: {},
  origin: null,
  ...fields,
});

const first = anArtifact("first", { origin: "o1", metadata: { day: 1 }, file_size: 5 });
const second = anArtifact("second", { origin: "o2", metadata: { day: 2 } });

test("metadata named like an object's own machinery stays data", () => {
  const metadata: Record<string, unknown> = JSON.parse('{"__proto__": {"polluted": 1}, "file_path": "/fake"}');
  const input = taskInput({ kind: "one", artifact: anArtifact("x", { metadata }) });
  expect(Object.keys(input)).toContain("__proto__");
  expect(input.file_path).toBe("/d/x.nc");
  expect("polluted" in input).toBe(false);
});

test("bindings see of a node what the task sees, once and in the node's order, not what came through it", () => {
  const placed = (id: string, node: string) => ({ id: asId<ArtifactId>(id), nodeId: asId<NodeId>(node) });
  const [one, two, routed] = [placed("1", "a"), placed("2", "a"), placed("3", "above")];
  const inputs = ["x", "y"].map((name) => ({ name, node: asId<NodeId>("a"), fallback: null }));
  const seen = new Map([
    ["x", [two, one]],
    ["y", [one, routed]],
  ]);
  expect(visibleArtifacts(inputs, seen, [one, two, placed("9", "a"), routed])).toEqual(new Map([["a", [one, two]]]));
  const fallback = { kind: "node", node: asId<NodeId>("above"), path: "" } as const;
  const spare = inputs.map((input) => ({ ...input, fallback }));
  expect(visibleArtifacts(spare, new Map([["x", [routed]]]), [one, routed])).toEqual(new Map([["a", [routed]]]));
});

const overlay = (bindings: Readonly<Record<string, Binding>>, runInput: Readonly<Record<string, unknown>> = {}) =>
  overlayBindings({ kept: 1 }, bindings, {
    artifacts: new Map([["a", [first, second]]]),
    runInput,
    config: { k: "v" },
    run: { id: "r1", cycle: "2026-07-01T00Z", generation: 1, createdAt: null },
  });

test("a field over several artifacts is a list, over one it is the value", () => {
  expect(overlay({ days: { from: "artifact", node: "a", field: "day" } })).toEqual({ kept: 1, days: [1, 2] });
  expect(overlay({ one: { from: "expression", expression: "{a.day | first}" } })).toEqual({ kept: 1, one: 1 });
});

test("null leaves a field alone, an empty text from the run input or an expression overwrites it", () => {
  expect(overlay({ kept: { from: "input", field: "x" } })).toEqual({ kept: 1 });
  expect(overlay({ kept: { from: "input", field: "x" } }, { x: "" })).toEqual({ kept: "" });
  expect(overlay({ kept: { from: "expression", expression: "{input.x | trim}" } })).toEqual({ kept: "" });
  expect(overlay({ kept: { from: "literal", value: "" } })).toEqual({ kept: 1 });
  expect(overlay({ kept: { from: "literal", value: false } })).toEqual({ kept: false });
});

test("facts of the run and the configuration can be bound, names that objects inherit are absent", () => {
  expect(
    overlay({
      cycle: { from: "run", field: "cycle" },
      title: { from: "expression", expression: "{config.k}{config.constructor}{input.toString}" },
      none: { from: "input", field: "constructor" },
      made: { from: "run", field: "createdAt" },
    }),
  ).toEqual({ kept: 1, cycle: "2026-07-01T00Z", title: "v" });
});

test("a binding whose when clause is false or fails is left out, and its own failure is an error", () => {
  const failing: Binding = { from: "expression", expression: "{a.nope | required}" };
  expect(overlay({ f: { ...failing, when: "{input.x}" } })).toEqual({ kept: 1 });
  expect(overlay({ f: { from: "literal", value: 2, when: "{a.nope | required}" } })).toEqual({ kept: 1 });
  expect(overlay({ f: { from: "literal", value: 2, when: "{a.day | last | gt(1)}" } })).toEqual({ kept: 1, f: 2 });
  expect(() => overlay({ f: failing })).toThrow("required-missing");
});
