import type { DagEvent } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import type { NodeId, TaskId } from "@/lib/ids";

/** Which tasks a decision about an event looks at. */
export function neededTasks(
  graph: Graph,
  event: DagEvent,
): { readonly ids: readonly TaskId[] } | { readonly nodes: readonly NodeId[] } | { readonly all: true } {
  if ("taskId" in event && event.kind !== "artifacts" && event.kind !== "completed") return { ids: [event.taskId] };
  if (event.kind === "artifacts" || event.kind === "completed") return { all: true };
  return { nodes: graph.nodes.filter(({ streamsFrom }) => streamsFrom !== null).map(({ id }) => id) };
}

/** Whether a decision about an event may launch nodes, so that it needs the artifacts of the run. */
export const needsArtifacts = (_graph: Graph, event: DagEvent): boolean =>
  ["start", "reconcile", "artifacts", "completed"].includes(event.kind);
