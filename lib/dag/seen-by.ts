import type { DagArtifact, DagState, DagTask } from "@/lib/dag/dag-state";
import { startDraft } from "@/lib/dag/draft";
import type { GraphInput, GraphNode } from "@/lib/dag/graph";
import { groupOf, offersOf, seenByGroup } from "@/lib/dag/offer";

/**
 * The artifacts that a task sees, by input: of a main input its own one (`single`), those of its group (`grouped`) or all
 * that the filter keeps; of a side input all, but for a `single` task those of its own origin, where they have one.
 * @param state  artifacts of the upstream nodes; their states too where an input may fall back on another
 * Source: conformance/README.md, Launching one node, 5 and 6; DESIGN.md, section 4, Pipelines.
 */
export function seenBy(
  state: DagState,
  node: GraphNode,
  task: Pick<DagTask, "inputArtifactId" | "originId" | "key">,
): ReadonlyMap<string, readonly DagArtifact[]> {
  const draft = startDraft(state);
  // The node was launched: whatever is there is what there is.
  draft.forced.add(node.id);
  const seen = new Map<string, readonly DagArtifact[]>();
  for (const { input, kept } of offersOf(draft, node, node.inputs)) {
    seen.set(input.name, chosenBy(node, task, { input, kept }));
  }
  if (node.fan === "grouped") {
    const group = node.groupBy === null ? task.originId : task.key || null;
    const offers = offersOf(draft, node, node.mains);
    seenByGroup(node, offers, group).forEach((artifacts, index) => {
      const input = node.mains[index];
      if (input) seen.set(input.name, artifacts);
    });
  }
  return seen;
}

function chosenBy(
  node: GraphNode,
  task: Pick<DagTask, "inputArtifactId" | "originId">,
  { input, kept }: { readonly input: GraphInput; readonly kept: readonly DagArtifact[] },
): readonly DagArtifact[] {
  if (node.fan !== "single" || task.inputArtifactId === null) return kept;
  if (input.role === "main") return kept.filter(({ id }) => id === task.inputArtifactId);
  const isKin = (artifact: DagArtifact) =>
    groupOf(node, artifact) === null || artifact.originId === task.originId || artifact.id === task.originId;
  return kept.filter(isKin);
}
