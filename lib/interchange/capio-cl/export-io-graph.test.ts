import fc from "fast-check";
import { expect, test } from "vitest";
import { exportIoGraph } from "@/lib/interchange/capio-cl/export-io-graph";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { capioClSchema } from "@/test/fixtures/capio-cl-schema";
import { randomDefinition } from "@/test/fixtures/random-definition";

const streaming = (...outputs: ReturnType<typeof output>[]) =>
  exportIoGraph(aPipeline([command("a", { command: "true", outputs })]).definition).IO_Graph[0]?.streaming;

test.each([
  ["on-exit", output("log.txt"), { committed: "on_termination", name: ["a/log.txt"] }],
  ["on-rename", output("h/*.nc", { commit: "on-rename" }), { committed: "on_close", name: ["a/h/*.nc"] }],
  ["stable", output("*.nc", { commit: "stable" }), { committed: "on_close", name: ["a/*.nc"] }],
  ["next-file", output("*.nc", { commit: "next-file" }), { committed: "on_close", name: ["a/*.nc"] }],
  [
    "marker",
    output("h/*.nc", { commit: "marker", marker: "{path}.done" }),
    { committed: "on_file", name: ["a/h/*.nc"], file_deps: ["a/h/*.nc.done"] },
  ],
])("%s becomes the commit rule of the same meaning, and artifacts are never updated", (_rule, made, expected) => {
  expect(streaming(made)).toEqual([{ ...expected, mode: "no_update" }]);
});

test("inputs, outputs and expected counts make the graph", () => {
  const quorum = { atLeast: 0.8, expected: 24, deadlineSeconds: 60 };
  const nodes = [
    command("model", { command: "true", outputs: [output("hours/*.nc", { commit: "on-rename" })] }),
    command("all", { command: "true", inputs: { hours: ref("workflow:///model/hours/*.nc", { quorum }) } }),
    command("late", { command: "cat workflow:///all/", after: ["model"] }),
  ];
  const graph = exportIoGraph(aPipeline(nodes).definition);
  expect(graph).toMatchObject({ version: 1.1, name: "test" });
  expect(graph.IO_Graph.map(({ name, input_stream, output_stream }) => [name, input_stream, output_stream])).toEqual([
    ["model", [], ["model/hours/*.nc"]],
    ["all", ["model/hours/*.nc"], ["all/**"]],
    ["late", ["all"], ["late/**"]],
  ]);
  expect(graph.IO_Graph[0]?.streaming.at(-1)).toEqual({
    ...{ dirname: ["model/hours"], committed: "on_n_files", n_files: 24, mode: "no_update" },
  });
});

test("every pipeline makes a graph that the published schema accepts", () => {
  fc.assert(
    fc.property(randomDefinition, (definition) => {
      const graph: unknown = JSON.parse(JSON.stringify(exportIoGraph(definition)));
      expect(capioClSchema.safeParse(graph).error).toBeUndefined();
    }),
  );
});

test("the schema of the test refuses what the published one refuses", () => {
  const rule = (more: object) => ({
    ...{ version: 1.1, name: "x" },
    IO_Graph: [{ name: "a", input_stream: [], output_stream: [], streaming: [more] }],
  });
  const isGood = (document: unknown) => capioClSchema.safeParse(document).success;
  expect(isGood(rule({ name: ["f"], committed: "on_close:3" }))).toBe(true);
  expect(isGood(rule({ name: "f" }))).toBe(false);
  expect(isGood(rule({ name: ["f"], committed: "on_file" }))).toBe(false);
  expect(isGood(rule({ dirname: ["d"], committed: "on_n_files" }))).toBe(false);
  expect(isGood({ name: "x", IO_Graph: [] })).toBe(false);
});
