import { doesHold } from "@/lib/binding/does-hold";
import { lookUpIn } from "@/lib/binding/look-up";
import { recordOf } from "@/lib/dag/artifact-record";
import type { DagArtifact, DagState } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";

/**
 * Whether the `when` clauses of nodes hold in a run, for the planner: over the run input and over what a node has collected,
 * an artifact found by two inputs being one. A clause that fails does not hold.
 */
export function conditionsOf(
  graph: Pick<Graph, "byId">,
  runInput: Readonly<Record<string, unknown>>,
): NonNullable<DagState["holds"]> {
  return (id, collected) => {
    const when = graph.byId.get(id)?.when ?? null;
    if (when === null) return true;
    const artifacts = new Map([...collected].map(([node, some]) => [node, once(some)] as const));
    return doesHold(when, lookUpIn({ artifacts, runInput, config: {} }));
  };
}

const once = (artifacts: readonly DagArtifact[]) =>
  [...new Map(artifacts.map((artifact) => [artifact.id, artifact])).values()].map((artifact) =>
    recordOf(artifact, artifact.path),
  );
