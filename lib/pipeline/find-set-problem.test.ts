import { expect, test } from "vitest";
import { z } from "zod";
import { command, definePipeline, previous, ref } from "@/lib/pipeline/define-pipeline";
import { childRun, sensor, untilRun } from "@/lib/pipeline/define-waiting";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { findSetProblem } from "@/lib/pipeline/find-set-problem";

const routine = (id: string, ...nodes: readonly NodeDefinition[]) =>
  definePipeline({ id, title: { en: id, it: id }, kind: "routinary", input: z.object({}), nodes });

const wrf = routine("wrf", command("model", { command: "true" }));
const reader = (reference: string) => command("read", { command: "true", inputs: { x: ref(reference) } });

test("pipelines that read each other's artifacts of earlier cycles go together", () => {
  const roms = routine(
    "roms",
    command("model", { command: "true", inputs: { met: ref("workflow://wrf/model/*.nc") } }),
  );
  const own = command("next", { command: "true", inputs: { before: previous("roms", "-P1D", "model/his.nc") } });
  expect(findSetProblem([wrf, roms, routine("wacomm", own)])).toBeNull();
});

test("a pipeline that is not there is told with the nearest one", () => {
  const problem = findSetProblem([wrf, routine("roms", reader("workflow://wrff/model/"))]);
  expect(problem).toMatchObject({ pipeline: "roms", place: "node read, input x" });
  expect(problem?.problem).toContain("Did you mean “wrf”");
});

test("a node that the other pipeline does not have is told", () => {
  expect(findSetProblem([wrf, routine("roms", reader("workflow://wrf/modle/"))])?.problem).toContain("no node “modle”");
});

test("runs of one cycle that wait for each other are shown", () => {
  const a = routine("a", command("one", { command: "true", inputs: { x: ref("workflow://b/two/") } }));
  const b = routine("b", command("two", { command: "true", inputs: { x: ref("workflow://a/one/") } }));
  expect(findSetProblem([a, b])?.problem).toContain("a/one");
  const earlier = routine("b", command("two", { command: "true", inputs: { x: previous("a", "-PT6H", "one/") } }));
  expect(findSetProblem([a, earlier])).toBeNull();
});

test("a child that waits for its parent, or for itself, is shown", () => {
  const parent = routine("parent", childRun("go", { pipeline: "child" }));
  const child = routine("child", sensor("wait", { watch: untilRun("parent") }));
  expect(findSetProblem([parent, child])?.problem).toContain("wait for each other");
  expect(findSetProblem([routine("self", childRun("go", { pipeline: "self" }))])?.problem).toContain("self/go");
});

test("two nodes of two pipelines may read each other's pipelines when none waits for the other", () => {
  const a = routine("a", command("first", { command: "true" }), reader("workflow://b/middle/"));
  const b = routine("b", command("middle", { command: "true", inputs: { x: ref("workflow://a/first/") } }));
  expect(findSetProblem([a, b])).toBeNull();
});
