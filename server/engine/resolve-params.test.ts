import { expect, test } from "vitest";
import { readInputs } from "@/lib/dag/graph";
import { type ArtifactId, asId, type CyclePoint, type NodeId, type RunId, type TaskId } from "@/lib/ids";
import { expression, fieldOf, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { resolveParams } from "@/server/engine/resolve-params";
import type { PlacedArtifact } from "@/server/store/artifact";

const anArtifact = (id: string, origin: string | null, step: number): PlacedArtifact => ({
  id: asId<ArtifactId>(id),
  nodeId: asId<NodeId>("a"),
  taskId: asId<TaskId>(`task-${id}`),
  path: `hours/${id}.nc`,
  key: id,
  originId: origin === null ? null : asId<ArtifactId>(origin),
  sizeBytes: 100,
  mimeType: null,
  metadata: { step },
  taskKey: "",
  scratch: "/far",
});
const artifacts = [anArtifact("h1", "o1", 1), anArtifact("h2", "o2", 2), anArtifact("grid", null, 0)];

const consumer = (fan: NodeDefinition["fan"]) =>
  program("b", {
    program: "x",
    fan,
    inputs: { hour: ref("workflow:///a/hours/*.nc") },
    outputs: [output("*")],
    params: {
      kind: literal("smoke"),
      area: input("area", { default: "all" }),
      cycle: run("cycle"),
      steps: fieldOf("a", "step"),
      where: fieldOf("a", "file_path"),
      title: expression("{config.kind}-{a.file_name | first | stem}"),
    },
  });

const paramsOf = (fan: NodeDefinition["fan"], seen: readonly PlacedArtifact[]) =>
  resolveParams({
    node: consumer(fan),
    inputs: readInputs(consumer(fan)),
    seen: new Map([["hour", seen]]),
    made: artifacts,
    planned: [
      {
        name: "hour",
        place: "hour",
        words: [],
        staged: [{ root: "/far/out", path: "hours/h1.nc", to: "hour/h1.nc", reference: "workflow:///a/hours/*.nc" }],
      },
    ],
    run: {
      id: asId<RunId>("r1"),
      input: {},
      cycle: asId<CyclePoint>("2026-07-01T00Z"),
      productGeneration: 1,
      createdAt: new Date("2026-07-01T00:00:00Z"),
    },
    folder: "/near/in",
  });

test("a task for one artifact binds that one, where it is staged", () => {
  expect(paramsOf("single", artifacts.slice(0, 1))).toEqual({
    kind: "smoke",
    area: "all",
    cycle: "2026-07-01T00Z",
    steps: 1,
    where: "/near/in/hour/h1.nc",
    title: "smoke-h1",
  });
});

test("fields of several artifacts come in the order of the node, whatever the task sees first", () => {
  expect(paramsOf("grouped", artifacts.slice(1).reverse()).steps).toEqual([2, 0]);
  expect(paramsOf("aggregate", artifacts).steps).toEqual([1, 2, 0]);
});
