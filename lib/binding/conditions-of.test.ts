import { expect, test } from "vitest";
import { z } from "zod";
import { conditionsOf } from "@/lib/binding/conditions-of";
import type { DagArtifact } from "@/lib/dag/dag-state";
import { buildGraph } from "@/lib/dag/graph";
import { startMemoryRun } from "@/lib/dag/memory-run";
import { type ArtifactId, asId, type NodeId } from "@/lib/ids";
import { command, definePipeline, ref } from "@/lib/pipeline/define-pipeline";

/** A measurement, then an alarm or a quiet note, whichever the measured value asks for. */
const branches = buildGraph(
  definePipeline({
    id: "branches",
    title: { en: "Branches", it: "Rami" },
    kind: "on-demand",
    input: z.object({ limit: z.number(), quiet: z.boolean() }),
    nodes: [
      command("measure", { command: "true", when: "{input.quiet | not}" }),
      command("alarm", {
        command: "true",
        when: "{measure.pm25 | gt(50)}",
        inputs: { hour: ref("workflow:///measure/*.nc") },
      }),
      command("note", {
        command: "true",
        when: "{measure.pm25 | required | gt(50) | not}",
        inputs: { hour: ref("workflow:///measure/*.nc"), again: ref("workflow:///measure/") },
      }),
    ],
  }),
);

function statesAfter(pm25: unknown, quiet = false): Readonly<Record<string, string>> {
  const run = startMemoryRun(branches, { holds: conditionsOf(branches, { quiet }) });
  run.send({ kind: "start" });
  const task = [...run.state().tasks.values()].find(({ nodeId }) => nodeId === "measure");
  if (task !== undefined) {
    const artifact: DagArtifact = {
      id: asId<ArtifactId>("h1"),
      nodeId: asId<NodeId>("measure"),
      taskId: task.id,
      path: "h1.nc",
      key: "h1",
      originId: null,
      sizeBytes: 1,
      mimeType: null,
      metadata: pm25 === undefined ? {} : { pm25 },
    };
    run.send({ kind: "completed", taskId: task.id, artifacts: [artifact] });
  }
  return Object.fromEntries([...run.state().nodes].map(([id, { state }]) => [id, state]));
}

test("the branch whose condition holds runs, the other has nothing to do", () => {
  expect(statesAfter("80.5")).toEqual({ measure: "completed", alarm: "running", note: "filtered" });
  expect(statesAfter(12)).toEqual({ measure: "completed", alarm: "filtered", note: "running" });
});

test("a condition that fails does not hold", () => {
  expect(statesAfter(undefined)).toEqual({ measure: "completed", alarm: "filtered", note: "filtered" });
});

test("a root may depend on the run input", () => {
  expect(statesAfter(80, true).measure).toBe("filtered");
});
