import type { Graph, GraphNode } from "@/lib/dag/graph";
import { seenBy } from "@/lib/dag/seen-by";
import type { Engine } from "@/server/engine/engine";
import type { PlacedArtifact } from "@/server/store/artifact";
import { readInputState } from "@/server/store/input-state";
import type { RunRow } from "@/server/store/run";
import type { TaskRow } from "@/server/store/task";

/** A task that reads nothing but the artifact that it is about never loads its producer's whole output. */
export async function readSeen(
  engine: Engine,
  of: { readonly node: GraphNode; readonly graph: Graph; readonly run: RunRow },
  { task, input }: { readonly task: SeeingTask; readonly input: PlacedArtifact | null },
): Promise<Seen> {
  const { node, graph, run } = of;
  const [only] = node.inputs;
  if (only === undefined) return { seen: new Map(), made: [] };
  if (input !== null && node.inputs.length === 1) return { seen: new Map([[only.name, [input]]]), made: [input] };
  const state = await readInputState(engine.db, run, { node, graph });
  const placed = new Map([...state.artifacts, ...[...state.external.values()].flat()].map((one) => [one.id, one]));
  const seen = [...seenBy(state, node, task)].map(
    ([name, artifacts]) => [name, artifacts.flatMap(({ id }) => placed.get(id) ?? [])] as const,
  );
  return { seen: new Map(seen), made: state.artifacts };
}

/** What a task sees by input, and all artifacts that its inputs can lead to. */
export type Seen = {
  readonly seen: ReadonlyMap<string, readonly PlacedArtifact[]>;
  readonly made: readonly PlacedArtifact[];
};

type SeeingTask = Pick<TaskRow, "key" | "inputArtifactId" | "originId">;
