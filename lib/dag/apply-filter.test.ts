import fc from "fast-check";
import { expect, test } from "vitest";
import { applyFilter } from "@/lib/dag/apply-filter";
import type { ArtifactFilter, FilterOperator } from "@/lib/dag/artifact-filter";
import type { FilteredArtifact } from "@/lib/dag/artifact-record";

const anArtifact = (fields: Partial<FilteredArtifact> = {}): FilteredArtifact => ({
  file_name: "wrfout_d03.nc",
  file_size: 1000,
  mime_type: null,
  metadata: {},
  ...fields,
});

const passes = (metadata: Record<string, unknown>, operator: FilterOperator, value?: unknown): boolean =>
  applyFilter([anArtifact({ metadata })], { rules: [{ field: "v", operator, value }] }).length === 1;

test.each<[unknown, FilterOperator, unknown, boolean]>([
  [true, "eq", 1, false],
  [" TRUE ", "eq", true, true],
  ["1.50", "eq", 1.5, true],
  ["inf", "gt", 5, false],
  ["1e400", "gt", 5, true],
  ["1_000", "eq", 1000, false],
  [[1, 2], "contains", "1", true],
  [[1, 2], "contains", "3", false],
  [["a", "b"], "eq", "a, b", true],
  [{ k: 1 }, "contains", '"k":1', true],
  [[null], "contains", "", false],
  ["", "in", [null], false],
  ["x", "neq", null, true],
  [0, "exists", undefined, true],
])("%j %s %j is %s", (actual, operator, value, expected) => {
  expect(passes({ v: actual }, operator, value)).toBe(expected);
});

test("a missing field and a null one satisfy only the four negations", () => {
  const operators: readonly FilterOperator[] = ["eq", "neq", "gt", "lte", "in", "not_in", "contains", "not_contains"];
  const negations = ["neq", "not_in", "not_contains", "not_exists"];
  for (const operator of [...operators, "starts_with", "ends_with", "exists", "not_exists"] as const)
    for (const metadata of [{}, { v: null }])
      expect([operator, passes(metadata, operator, "")]).toEqual([operator, negations.includes(operator)]);
});

test("names that objects inherit are keys like any other", () => {
  for (const field of ["constructor", "__proto__", "toString"]) {
    const metadata: Record<string, unknown> = JSON.parse(`{ "${field}": "x" }`);
    const filter: ArtifactFilter = { rules: [{ field, operator: "exists" }] };
    expect(applyFilter([anArtifact()], filter)).toEqual([]);
    expect(applyFilter([anArtifact({ metadata })], filter)).toHaveLength(1);
  }
});

const anyArtifact = fc.record({
  file_name: fc.constantFrom("a.nc", "b.tiff", "c", "d.tar.gz"),
  file_size: fc.option(fc.nat(3)),
  mime_type: fc.option(fc.constantFrom("image/png", "text/plain")),
  metadata: fc.dictionary(fc.constantFrom("v", "w"), fc.jsonValue()),
});
const anyFilter: fc.Arbitrary<ArtifactFilter> = fc.record({
  rules: fc.array(
    fc.record({
      field: fc.constantFrom("v", "w", "file_type", "extension", "file_size"),
      operator: fc.constantFrom<FilterOperator>("eq", "neq", "gt", "lte", "in", "not_in", "contains", "exists"),
      value: fc.oneof(fc.jsonValue(), fc.constantFrom(1, ".nc", "image")),
    }),
    { maxLength: 2 },
  ),
  select: fc.constantFrom(undefined, "largest", "smallest"),
});

test("what a filter keeps is a part of what it got, in order, and passes it again unchanged", () => {
  fc.assert(
    fc.property(fc.array(anyArtifact, { maxLength: 8 }), anyFilter, (artifacts, filter) => {
      const kept = applyFilter(artifacts, filter);
      const places = kept.map((artifact) => artifacts.indexOf(artifact));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places).not.toContain(-1);
      expect(applyFilter(kept, filter)).toEqual(kept);
    }),
  );
});

test("a rule and its negation split any artifacts", () => {
  const pairs = [
    ["eq", "neq"],
    ["in", "not_in"],
    ["contains", "not_contains"],
    ["exists", "not_exists"],
  ] as const;
  fc.assert(
    fc.property(anyArtifact, fc.jsonValue(), fc.constantFrom(...pairs), (artifact, value, [operator, negation]) => {
      const passesWith = (chosen: FilterOperator) =>
        applyFilter([artifact], { rules: [{ field: "v", operator: chosen, value }] }).length;
      expect(passesWith(operator) + passesWith(negation)).toBe(1);
    }),
  );
});
