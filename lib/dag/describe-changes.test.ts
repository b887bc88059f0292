import { expect, test } from "vitest";
import type { DagEvent } from "@/lib/dag/dag-state";
import { decide } from "@/lib/dag/decide";
import { describeChanges } from "@/lib/dag/describe-changes";
import { buildGraph } from "@/lib/dag/graph";
import { type MemoryRun, startMemoryRun } from "@/lib/dag/memory-run";
import { type ArtifactId, asId, type NodeId, type TaskId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const nodeId = (name: string) => asId<NodeId>(name);

/** make -> each (one per file) -> all, with two files made and both tasks of `each` at work. */
function aFannedRun(): MemoryRun {
  const { definition } = aPipeline([
    command("make", { command: "true" }),
    command("each", { fan: "single", command: "cat workflow:///make/*.nc" }),
    command("all", { command: "true", after: ["each"] }),
  ]);
  const run = startMemoryRun(buildGraph(definition));
  run.send({ kind: "start" });
  run.claim();
  const artifacts = ["a.nc", "b.nc"].map((path) => ({
    ...{ id: asId<ArtifactId>(path), nodeId: nodeId("make"), taskId: asId<TaskId>("make.0"), path, key: path },
    ...{ originId: null, sizeBytes: 1, mimeType: null, metadata: {} },
  }));
  run.send({ kind: "completed", taskId: asId<TaskId>("make.0"), artifacts });
  run.claim();
  return run;
}

const summaryOf = (run: MemoryRun, event: DagEvent) => describeChanges(run.state(), decide(run.state(), event));

test("a rerun with all below it counts what is done again, what is put aside, and the jobs that it stops", () => {
  const event = { kind: "rerun", taskIds: [asId<TaskId>("make.0")], downstream: true } as const;
  const summary = summaryOf(aFannedRun(), event);
  expect(summary.tasks).toEqual([
    { kind: "again", nodeId: "make", count: 1, jobs: 0, names: [] },
    { kind: "replace", nodeId: "each", count: 2, jobs: 2, names: ["a.nc", "b.nc"] },
  ]);
  expect(summary).toMatchObject({ tasksTotal: 3, jobsStopped: 2, run: null });
  expect(summary.nodes.map(({ id, from, to }) => [id, from, to])).toEqual([
    ["make", "completed", "running"],
    ["each", "running", "waiting"],
  ]);
});

test("holding a node stops no job and says that it is held", () => {
  const summary = summaryOf(aFannedRun(), { kind: "hold", scope: { kind: "node", nodeId: nodeId("each") } });
  expect(summary).toMatchObject({ jobsStopped: 0, nodes: [{ id: "each", held: true }] });
});

test("a cancellation counts what has not ended, with its jobs when the tasks are known", () => {
  const run = aFannedRun();
  const known = summaryOf(run, { kind: "cancel", reason: "enough" });
  expect(known.tasks).toEqual([{ kind: "cancel", nodeId: "each", count: 2, jobs: 2, names: ["a.nc", "b.nc"] }]);
  const state = { ...run.state(), tasks: new Map() };
  const counted = describeChanges(state, decide(state, { kind: "cancel", reason: "enough" }));
  expect(counted.tasks).toEqual([{ kind: "cancel", nodeId: "each", count: 2, jobs: 0, names: [] }]);
});
