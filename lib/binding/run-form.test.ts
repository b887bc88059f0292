import { expect, test } from "vitest";
import { mergeRunInput } from "@/lib/binding/merge-run-input";
import { runForm } from "@/lib/binding/run-form";

test("a form asks for what programs, bindings and expressions need, each name once", () => {
  const form = runForm([
    {
      asked: [],
      bindings: {
        url: { from: "expression", expression: "{input.zone}/{input.area | upper}", when: "{input.first_day}" },
        start_date: { from: "input", field: "day", default: 3, required: true },
      },
    },
    { asked: [{ name: "area", label: "Where" }], bindings: { x: { from: "expression", expression: "{input.broken" } } },
  ]);
  expect(form.map(({ name, label }) => [name, label])).toEqual([
    ["area", "Where"],
    ["day", "Start Date"],
    ["zone", "Zone"],
    ["first_day", "First Day"],
  ]);
  expect(form[1]).toEqual({ name: "day", label: "Start Date", placeholder: "", required: true, default: 3 });
});

const field = { name: "a", label: "Area", required: true, default: "" };

test("required fields are checked after everything is merged, and all that lack are named", () => {
  expect(mergeRunInput([field], { defaults: { a: 0 }, given: { a: null } })).toEqual({ a: 0 });
  expect(() =>
    mergeRunInput([field, { ...field, name: "b", label: "Begin" }], { defaults: {}, given: { a: "" } }),
  ).toThrow("Area, Begin");
});

test("a key such as __proto__ is merged as data", () => {
  const given: Record<string, unknown> = JSON.parse('{"__proto__": {"a": 1}}');
  const merged = mergeRunInput([{ ...field, required: false }], { defaults: {}, given });
  expect(Object.keys(merged)).toEqual(["__proto__"]);
  expect(() => mergeRunInput([field], { defaults: {}, given })).toThrow("run-input-missing");
});
