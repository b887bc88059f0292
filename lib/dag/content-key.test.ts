import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ContentFacts, componentChanges, contentComponents, contentKeyOf } from "@/lib/dag/content-key";
import { command, literal, output, program, ref } from "@/lib/pipeline/define-pipeline";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const aProgram = (options: Partial<Parameters<typeof program>[1]> = {}) =>
  program("model", {
    program: "transport",
    params: { n: literal(1) },
    outputs: [output("*.nc")],
    cache: true,
    ...options,
  });

const facts = (changes: Partial<ContentFacts> = {}): ContentFacts => ({
  node: aProgram(),
  programSha256: "p1",
  params: { hours: 24, source: { lat: 40, lon: 14 } },
  environment: { NEREUS_IN_MET: "in/met" },
  inputs: [
    { name: "met", to: "met/h1.nc", sha256: "a1" },
    { name: "met", to: "met/h2.nc", sha256: "a2" },
  ],
  ...changes,
});

const keyOf = (of: ContentFacts) => contentKeyOf(contentComponents(of, sha256), sha256);

describe("the content key", () => {
  test("does not depend on the order of keys or files, nor on the node's name, title of its place or limits of time", () => {
    const turned = facts({
      node: {
        ...aProgram({ timeoutSeconds: 7, retries: 3, priority: 9, pool: "compute" }),
        id: command("z", { command: "x" }).id,
      },
      params: { source: { lon: 14, lat: 40 }, hours: 24 },
      inputs: [...facts().inputs].reverse(),
    });
    expect(keyOf(turned)).toBe(keyOf(facts()));
  });

  test.each<[string, Partial<ContentFacts>, string]>([
    ["a parameter", { params: { hours: 48, source: { lat: 40, lon: 14 } } }, "parameter hours"],
    ["the program", { programSha256: "p2" }, "program"],
    ["the content of an input", { inputs: [{ name: "met", to: "met/h1.nc", sha256: "b" }] }, "input met/h1.nc"],
    ["the staged name of an input", { inputs: [{ name: "met", to: "met/h3.nc", sha256: "a1" }] }, "input met/h3.nc"],
    ["the environment", { environment: { NEREUS_IN_MET: "in/met/x" } }, "environment NEREUS_IN_MET"],
    ["the declared outputs", { node: aProgram({ outputs: [output("*.tif")] }) }, "output 1"],
    ["the resources", { node: aProgram({ cpus: 4 }) }, "option cpus"],
    ["the salt", { node: aProgram({ cache: { salt: "2" } }) }, "salt"],
  ])("differs with %s, and the difference is named", (_, changes, component) => {
    const [before, after] = [contentComponents(facts(), sha256), contentComponents(facts(changes), sha256)];
    expect(keyOf(facts(changes))).not.toBe(keyOf(facts()));
    expect(componentChanges(before, after).map((change) => change.component)).toContain(component);
  });

  test("of a command is about its template, references as they are written", () => {
    const of = (text: string) => facts({ node: command("c", { command: text }), programSha256: null });
    expect(keyOf(of("wc workflow:///met/*"))).toBe(keyOf(of("wc workflow:///met/*")));
    expect(keyOf(of("wc -l workflow:///met/*"))).not.toBe(keyOf(of("wc workflow:///met/*")));
  });

  test("sees one file of thousands", () => {
    const files = Array.from({ length: 5000 }, (_, n) => ({ name: "met", to: `met/${n}`, sha256: String(n) }));
    const other = files.map((file, n) => (n === 4321 ? { ...file, sha256: "x" } : file));
    const components = contentComponents(facts({ inputs: files }), sha256);
    expect(Object.keys(components).length).toBeLessThan(20);
    expect(keyOf(facts({ inputs: other }))).not.toBe(keyOf(facts({ inputs: files })));
    expect(keyOf(facts({ inputs: [...files].reverse() }))).toBe(keyOf(facts({ inputs: files })));
  });
});

test("what came and what went is told, long values cut", () => {
  const changes = componentChanges({ a: "1", b: "2" }, { b: "x".repeat(500), c: "3" });
  expect(changes).toEqual([
    { component: "a", before: "1", after: null },
    { component: "b", before: "2", after: expect.stringMatching(/^x{200}…$/) },
    { component: "c", before: null, after: "3" },
  ]);
});

test("a node with an input that is a reference keeps its policy through the builder", () => {
  expect(command("c", { command: "true", inputs: { a: ref("workflow:///b/x") }, cache: true }).cache).toEqual({
    salt: "",
  });
  expect(command("c", { command: "true" })).not.toHaveProperty("cache");
});
