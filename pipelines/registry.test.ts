import { expect, test } from "vitest";
import { parseJson } from "@/lib/interchange/parse-json";
import { printDefinition } from "@/lib/interchange/print-definition";
import { readDefinition } from "@/lib/interchange/read-definition";
import { pipelines } from "@/pipelines/registry";

const definitions = pipelines.map(({ definition }) => [definition.id, definition] as const);

test.each(definitions)("%s is printed as JSON and read again without loss", (_id, definition) => {
  expect(readDefinition(parseJson(printDefinition(definition), "f"), "f")).toEqual(definition);
});
