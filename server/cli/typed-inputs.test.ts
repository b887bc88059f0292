import { expect, test } from "vitest";
import { typedInputs } from "@/server/cli/typed-inputs";

const schema = {
  properties: {
    lat: { type: "number" },
    hours: { anyOf: [{ type: "integer" }, { type: "null" }] },
    fuel: { type: "string" },
    deep: { type: "boolean" },
  },
};

test.each([
  ["a number where one is asked", { lat: "40.85" }, { lat: 40.85 }],
  ["a number in a branch", { hours: "24" }, { hours: 24 }],
  ["digits where text is asked", { fuel: "12" }, { fuel: "12" }],
  ["a yes", { deep: "true" }, { deep: true }],
  ["text that is no number is left to the pipeline's check", { lat: "north" }, { lat: "north" }],
  ["nothing is not zero", { lat: "" }, { lat: "" }],
  ["an unknown name is left to the pipeline's check", { lon: "14" }, { lon: "14" }],
])("%s", (_name, inputs, expected) => {
  expect(typedInputs(schema, inputs)).toEqual(expected);
});
