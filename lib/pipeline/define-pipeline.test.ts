import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import {
  command,
  definePipeline,
  expression,
  fieldOf,
  input,
  literal,
  onlyWhen,
  output,
  program,
  ref,
  run,
} from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { versionOf } from "@/lib/pipeline/version-of";

const build = (nodes: readonly NodeDefinition[], prepared: readonly string[] = []) =>
  definePipeline({
    id: "test",
    title: { en: "Test", it: "Prova" },
    kind: "on-demand",
    input: z.object({ hours: z.number().default(24) }),
    prepared,
    nodes,
  });

const problem = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof NereusError) return `${error.code} ${JSON.stringify(error.fields)}`;
    throw error;
  }
  return "none";
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("a built pipeline is plain data with the JSON Schema of its input", () => {
  const built = build([
    program("met", { program: "fetch-met", params: { hours: input("hours"), id: run("id") }, outputs: [output("**")] }),
    command("count", { command: "ls workflow:///met/ | wc -l > n.txt" }),
  ]);
  expect(JSON.parse(JSON.stringify(built))).toEqual(built);
  expect(built.input).toMatchObject({ type: "object", properties: { hours: { type: "number", default: 24 } } });
  expect(built.nodes[1]).toMatchObject({ inputs: { ref1: { reference: "workflow:///met/", stream: false } } });
});

describe("the version of a pipeline", () => {
  const node = program("a", { program: "x", params: { n: literal(1) }, outputs: [output("*")] });
  test("does not depend on the order of keys", () => {
    const built = build([node]);
    const turned = Object.fromEntries(Object.entries(built).reverse());
    expect(versionOf(Object.assign(turned, built), { x: "1" }, sha256)).toBe(versionOf(built, { x: "1" }, sha256));
  });
  test("changes with a program that it runs, and with no other", () => {
    const built = build([node]);
    const version = versionOf(built, { x: "1", y: "1" }, sha256);
    expect(versionOf(built, { x: "2", y: "1" }, sha256)).not.toBe(version);
    expect(versionOf(built, { x: "1", y: "2" }, sha256)).toBe(version);
  });
});

describe("a definition is refused", () => {
  const a = command("a", { command: "true" });
  const largest = { rules: [], select: "largest" } as const;
  const half = { atLeast: 0.5, expected: 10, deadlineSeconds: 60 };
  const streamed = (options: Parameters<typeof ref>[1]) => ({
    x: ref("workflow:///a/*", { ...options, stream: true }),
  });
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, ref(`workflow:///a/${index}.nc`)]));
  const aProgram = { program: "x", outputs: [output("*")] };
  test.each<[string, () => readonly NodeDefinition[], readonly string[]]>([
    ["without nodes", () => [], ["at least one node"]],
    ["with two nodes of one name", () => [a, a], ["node a", "two nodes"]],
    ["with a bad name", () => [command("A b", { command: "true" })], ["not a slug"]],
    [
      "with a cycle, which is shown",
      () => [command("b", { command: "cat workflow:///c/x" }), command("c", { command: "cat workflow:///b/x" })],
      ["b -> c -> b"],
    ],
    ["with a reference to itself", () => [command("b", { command: "cat workflow:///b/x" })], ["itself"]],
    [
      "with a misspelled node, by line and column",
      () => [command("fetch", { command: "true" }), command("b", { command: "ls\ncat workflow:///fetc/x" })],
      ["line 2, column 5", "Did you mean “fetch”"],
    ],
    [
      "with an unknown after",
      () => [a, command("b", { command: "true", after: ["zzz"] })],
      ["no node “zzz”", "Known: a, b"],
    ],
    [
      "with an output that is stable over one listing",
      () => [
        command("b", {
          command: "true",
          outputs: [output("*", { commit: "stable", stable: { listings: 1, seconds: 1 } })],
        }),
      ],
      ["node b, output *", "listings from 2"],
    ],
    [
      "with a marker that no rule looks for",
      () => [command("b", { command: "true", outputs: [output("*", { marker: "{path}.ok" })] })],
      ["node b, output *", "on-exit"],
    ],
    [
      "with a file that is its own marker",
      () => [command("b", { command: "true", outputs: [output("*", { commit: "marker", marker: "{path}" })] })],
      ["node b, output *", "another file"],
    ],
    [
      "when an aggregate streams",
      () => [a, command("b", { command: "true", inputs: { x: ref("workflow:///a/*", { stream: true }) } })],
      ["node b, input x", "single"],
    ],
    [
      "when it is not clear what fans",
      () => [a, command("b", { fan: "single", command: "cat workflow:///a/x workflow:///a/y" })],
      ["not clear which input"],
    ],
    [
      "with a binding to a field that the input lacks",
      () => [program("p", { program: "x", outputs: [output("*")], params: { n: input("hour") } })],
      ["parameter n", "Did you mean “hours”"],
    ],
    [
      "with an expression that cannot be read, by column",
      () => [a, program("p", { ...aProgram, params: { n: expression("{a.step | padd(2)}") }, after: ["a"] })],
      ["node p, parameter n", "column 11 of", "Did you mean “pad”"],
    ],
    [
      "with an expression on a node that is not waited for",
      () => [a, program("p", { ...aProgram, params: { n: expression("{list(config.k, a.step)}") } })],
      ["parameter n", "node “a”, which it does not wait for"],
    ],
    [
      "with a when clause on a field that the input lacks",
      () => [program("p", { ...aProgram, params: { n: onlyWhen("{input.hour | gt(3)}", literal(1)) } })],
      ["parameter n", "Did you mean “hours”"],
    ],
    [
      "with a binding to a node that is not waited for",
      () => [a, program("p", { ...aProgram, params: { n: fieldOf("a", "file_name") } })],
      ["parameter n", "node “a”"],
    ],
    [
      "when its own when clause is broken",
      () => [command("b", { command: "true", when: "{input.hours" })],
      ["node b, when", "column 1"],
    ],
    [
      "with one input twice",
      () => [a, command("b", { command: "true", inputs: { x: ref("workflow:///a/"), y: ref("workflow:///a/") } })],
      ["node b, input y", "same as input x"],
    ],
    [
      "with a fallback on a node that is not there",
      () => [
        a,
        command("b", {
          command: "true",
          inputs: { x: ref("workflow:///a/", { fallback: { kind: "node", reference: "workflow:///aa/" } }) },
        }),
      ],
      ["node b, input x, fallback", "Did you mean “a”"],
    ],
    [
      "with more edges than allowed",
      () => [a, command("b", { command: "true", inputs: many(65) })],
      ["node b", "65 edges; the limit is 64"],
    ],
    [
      "when only grouped nodes could have its groups",
      () => [a, command("b", { command: "cat workflow:///a/*", groupBy: "step" })],
      ["node b, groupBy", "grouped"],
    ],
    [
      "when a streamed input selects",
      () => [a, command("b", { fan: "single", command: "true", inputs: streamed({ filter: largest }) })],
      ["node b, input x", "never sees all"],
    ],
    [
      "when a streamed input has a quorum",
      () => [a, command("b", { fan: "single", command: "true", inputs: streamed({ quorum: half }) })],
      ["node b, input x", "neither quorum nor fallback"],
    ],
    [
      "with a quorum of more than all",
      () => [
        a,
        command("b", { command: "true", inputs: { x: ref("workflow:///a/", { quorum: { ...half, atLeast: 2 } }) } }),
      ],
      ["node b, input x, quorum", "share of 2"],
    ],
    [
      "when nothing fans it",
      () => [
        a,
        command("b", { fan: "grouped", command: "true", inputs: { x: ref("workflow:///a/", { role: "side" }) } }),
      ],
      ["node b", "needs a main input"],
    ],
    ["with an unknown product", () => [command("p", { command: "true", product: "smoke" })], ["no product “smoke”"]],
    ["with another run's files", () => [command("b", { command: "cat workflow://roms@-P1D/x/y" })], ["another run"]],
  ])("%s", (_title, nodes, words) => {
    const text = problem(() => build(nodes()));
    for (const word of words) expect(text).toContain(word);
  });

  test("never for the length of a chain", () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      command(`n${index}`, { command: "true", after: index === 0 ? [] : [`n${index - 1}`] }),
    );
    expect(build(chain).nodes).toHaveLength(5000);
  });
});

test("a single node may be fanned over several inputs that say so", () => {
  const main = (node: string) => ref(`workflow:///${node}/f`, { role: "main" });
  const both = command("c", { fan: "single", command: "true", inputs: { x: main("a"), y: main("b") } });
  expect(problem(() => build([command("a", { command: "true" }), command("b", { command: "true" }), both]))).toBe(
    "none",
  );
});

test("bindings may read what is waited for, the run input and the configuration", () => {
  const waiting = program("p", {
    program: "x",
    outputs: [output("*")],
    inputs: { hour: ref("workflow:///a/*.nc") },
    when: "{a.step | lt(24)}",
    params: {
      step: fieldOf("a", "step"),
      title: onlyWhen("{input.hours | not | not}", expression("{a.file_name | stem}-{input.hours}-{config.k}")),
      hours: input("hours", { default: 24, label: "Hours" }),
    },
  });
  expect(problem(() => build([command("a", { command: "true" }), waiting]))).toBe("none");
});

test("a field that prepare adds can be bound", () => {
  const node = program("p", { program: "x", outputs: [output("*")], params: { met: input("met") } });
  expect(problem(() => build([node], ["met"]))).toBe("none");
});
