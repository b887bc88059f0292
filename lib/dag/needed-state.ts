import { assertNever } from "@/lib/assert-never";
import type { DagEvent } from "@/lib/dag/dag-state";
import type { Graph } from "@/lib/dag/graph";
import type { NodeId, TaskId } from "@/lib/ids";

/** Which tasks a decision about an event looks at. */
export function neededTasks(
  graph: Graph,
  event: DagEvent,
): { readonly ids: readonly TaskId[] } | { readonly nodes: readonly NodeId[] } | { readonly all: true } {
  switch (event.kind) {
    case "cancel":
    case "abort":
      return { ids: [] };
    case "interrupted":
      return { ids: [event.taskId] };
    case "due":
      return { ids: event.taskIds };
    case "start":
    case "reconcile":
      return { nodes: streamingNodes(graph) };
    case "failed":
    case "crashed":
      return canLaunch(graph) ? { all: true } : { ids: [event.taskId] };
    case "hold":
    case "release":
    case "priority":
      return neededInScope(graph, event);
    default:
      return { all: true };
  }
}

const streamingNodes = (graph: Graph): readonly NodeId[] =>
  graph.nodes.filter(({ streamsFrom }) => streamsFrom !== null).map(({ id }) => id);

/** A whole run is held and released by its own state; its priority is that of its tasks. */
function neededInScope(
  graph: Graph,
  { kind, scope }: Extract<DagEvent, { kind: "hold" | "release" | "priority" }>,
): ReturnType<typeof neededTasks> {
  switch (scope.kind) {
    case "tasks":
      return { ids: scope.taskIds };
    case "node":
      return { nodes: [scope.nodeId] };
    case "run":
      return kind === "priority" ? { all: true } : { nodes: kind === "release" ? streamingNodes(graph) : [] };
    default:
      return assertNever(scope);
  }
}

/** Whether a decision about an event may launch nodes, so that it needs the artifacts of the run. */
export function needsArtifacts(graph: Graph, event: DagEvent): boolean {
  switch (event.kind) {
    case "cancel":
    case "abort":
    case "interrupted":
    case "due":
    case "hold":
    case "priority":
      return false;
    case "failed":
    case "crashed":
      return canLaunch(graph);
    case "release":
      return event.scope.kind === "run";
    default:
      return true;
  }
}

/** A failure launches something only where one is tolerated. */
const canLaunch = (graph: Graph): boolean => graph.nodes.some(({ toleratesFailure }) => toleratesFailure);
