import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NereusError } from "@/lib/errors";
import { parseJson } from "@/lib/interchange/parse-json";
import { printDefinition } from "@/lib/interchange/print-definition";
import { readDefinition } from "@/lib/interchange/read-definition";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import { literal } from "@/lib/pipeline/define-pipeline";
import { childRun, gate, sensor, untilResource } from "@/lib/pipeline/define-waiting";
import { http, publish, subscribe } from "@/lib/pipeline/define-web";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { randomDefinition } from "@/test/fixtures/random-definition";

const again = (definition: PipelineDefinition) => readDefinition(parseJson(printDefinition(definition), "f"), "f");

/** What a refusal says, as `place: problem`. */
function refusal(document: unknown): string {
  try {
    readDefinition(document, "f.json");
  } catch (error) {
    if (error instanceof NereusError && "place" in error.fields)
      return `${error.fields.place}: ${error.fields.problem}`;
    throw error;
  }
  return "accepted";
}

const hello = { id: "hello", kind: "on-demand", nodes: [{ id: "a", kind: "command", command: "echo hi" }] };
const withNode = (node: object) => ({
  ...hello,
  nodes: [...hello.nodes, { kind: "command", command: "true", ...node }],
});

describe("a definition printed and read again", () => {
  test("is the same for every random graph", () => {
    fc.assert(
      fc.property(randomDefinition, (definition) => {
        expect(canonicalJson(again(definition))).toBe(canonicalJson(definition));
      }),
    );
  });
});

test("what a person leaves out is what the builder would say, references in commands included", () => {
  const read = readDefinition(withNode({ id: "b", command: "cat workflow:///a/x.txt" }), "f");
  expect(read.nodes[1]).toMatchObject({
    fan: "aggregate",
    inputs: { ref1: { reference: "workflow:///a/x.txt", stream: false, role: null } },
    outputs: [{ pattern: "**", commit: "on-exit", required: false }],
    retry: { count: 0, crashCount: 3 },
  });
});

test("a step that waits may be written with what it waits for alone", () => {
  const nodes = [
    { id: "data", kind: "sensor", watch: { for: "http", url: "https://example.org/a.nc", download: true } },
    { id: "ask", kind: "gate", title: { en: "Go?", it: "Via?" }, after: ["data"] },
    { id: "child", kind: "run", pipeline: "smoke", after: ["ask"] },
  ];
  expect(readDefinition({ id: "waits", nodes }, "f").nodes).toEqual([
    sensor("data", { watch: untilResource("https://example.org/a.nc", { download: true }) }),
    gate("ask", { title: { en: "Go?", it: "Via?" }, after: ["data"] }),
    childRun("child", { pipeline: "smoke", after: ["ask"] }),
  ]);
});

test("a step of the web may be written with what it asks alone", () => {
  const nodes = [
    { id: "ask", kind: "http", request: { url: "https://example.org/", method: "POST" }, answer: { save: "a.json" } },
    { id: "once", kind: "http", request: { url: "https://example.org/", method: "POST", idempotencyKey: false } },
    { id: "hear", kind: "websocket", connect: { url: "wss://example.org/" }, listen: { seconds: 5 }, repeatable: true },
    { id: "tell", kind: "websocket", connect: { url: "wss://example.org/" }, send: [{ from: "literal", value: 1 }] },
  ];
  const url = "https://example.org/";
  expect(readDefinition({ id: "web", nodes }, "f").nodes).toEqual([
    http("ask", { url, method: "POST", save: "a.json" }),
    http("once", { url, method: "POST", idempotencyKey: false }),
    subscribe("hear", { url: "wss://example.org/", seconds: 5 }),
    publish("tell", { url: "wss://example.org/", messages: [literal(1)] }),
  ]);
});

describe("a wrong definition is refused with the place and the cure", () => {
  test.each([
    ["an unknown field", { ...hello, product: [] }, "$: “product” is no known field. Did you mean “products”?"],
    [
      "an unknown field of a node",
      withNode({ id: "b", comand: "ls" }),
      "nodes[1] (node b): “comand” is no known field. Did you mean “command”?",
    ],
    [
      "a missing command",
      withNode({ id: "b", command: undefined }),
      "nodes[1].command (node b): it is missing; expected a text.",
    ],
    ["a wrong type", withNode({ id: "b", cpus: "2" }), "nodes[1].cpus (node b): it is a text; expected a number."],
    [
      "an unknown kind",
      withNode({ id: "b", kind: "comand" }),
      "nodes[1].kind (node b): “comand” is none of program, command, http, websocket, sensor, gate, run. Did you mean “command”?",
    ],
    ["a name that is no slug", withNode({ id: "../b" }), "nodes[1].id (node ../b): it is not a slug"],
    [
      "an unknown node",
      withNode({ id: "b", after: ["aa"] }),
      "node b, after: there is no node “aa”. Did you mean “a”?",
    ],
    [
      "an unknown operator",
      withNode({
        id: "b",
        inputs: { x: { reference: "workflow:///a/", filter: { rules: [{ field: "size", operator: "=" }] } } },
      }),
      "nodes[1].inputs.x.filter.rules[0].operator (node b): “=” is none of",
    ],
    [
      "a schema of no object",
      { ...hello, input: { type: "string" } },
      'input: the JSON Schema of the run input must say "type": "object".',
    ],
    [
      "a schema that cannot be read",
      { ...hello, input: { type: "object", properties: { a: { type: "colour" } } } },
      "input: the JSON Schema cannot be read",
    ],
    ["a product outside the store", { ...hello, products: [{ id: "../x" }] }, "products[0].id: it is not a slug"],
    ["no node", { id: "hello", nodes: [] }, "nodes: a pipeline needs at least one node."],
  ])("%s", (_name, document, expected) => {
    expect(refusal(document)).toContain(expected);
  });
});

describe("a text that is no definition", () => {
  const place = (text: string) => {
    try {
      parseJson(text, "f");
    } catch (error) {
      if (error instanceof NereusError && "place" in error.fields)
        return `${error.fields.place}: ${error.fields.problem}`;
    }
    return "accepted";
  };
  test.each([
    ["is empty", " \n", "line 2, column 1: the file is empty."],
    ["has a comma too many", '{"a": 1,\n}', "line 2, column 1: this is no JSON"],
    ["has a wrong word", `{"a": "${"x".repeat(60)}",\n "b": oops}`, "line 2, column 7: this is no JSON"],
    ["ends too early", '{"a": [1', "line 1, column 9: this is no JSON"],
    ["holds NUL", '{"a": ["b", "\\u0000"]}', "a[1]: the text holds a NUL character; remove it."],
    ["holds half a character", '{"a": "\\ud800"}', "a: the text holds half a surrogate pair"],
    ["holds a number beyond the doubles", '{"a": 1e999}', "a: the number is too large."],
    ["is nested without end", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "it lies more than 64 levels deep."],
  ])("%s", (_name, text, expected) => {
    expect(place(text)).toContain(expected);
  });
});
