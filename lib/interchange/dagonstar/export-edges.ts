import { readInputs } from "@/lib/dag/graph";
import { isNereusError } from "@/lib/errors";
import type { ExportName } from "@/lib/interchange/dagonstar/export-names";
import { findEdges } from "@/lib/interchange/dagonstar/find-edges";
import type { DagonTask, DagonTaskMap } from "@/lib/interchange/dagonstar/task-map";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { upstreamOf } from "@/lib/pipeline/find-cycle";

export type WrittenEdges = Required<Pick<DagonTask, "nexts" | "prevs">>;
type Names = ReadonlyMap<string, ExportName>;

/**
 * Nexts and prevs of each node by its id, as the graph has them; in the order that an import kept, as far as they hold.
 * A task of another workflow is a prev too, as DAGonStar writes it.
 */
export function graphEdges(definition: PipelineDefinition, names: Names): ReadonlyMap<string, WrittenEdges> {
  const nameOf = (id: string) => names.get(id)?.name ?? id;
  const nexts = new Map(definition.nodes.map(({ id }) => [String(id), new Set<string>()]));
  const prevs = definition.nodes.map((node) => {
    const others = readInputs(node).flatMap(({ external, node: producer }) => (external === null ? [] : [producer]));
    for (const id of upstreamOf(node)) nexts.get(id)?.add(nameOf(node.id));
    return new Set([...upstreamOf(node), ...others].map(nameOf));
  });
  return new Map(
    definition.nodes.map(({ id }, index) => {
      const kept = names.get(id)?.kept;
      const own = keepOrder(prevs[index] ?? new Set(), kept?.prevs ?? []);
      return [id, { nexts: keepOrder(nexts.get(id) ?? new Set(), kept?.nexts ?? []), prevs: own }];
    }),
  );
}

const keepOrder = (names: ReadonlySet<string>, order: readonly string[]): readonly string[] => [
  ...new Set([...order.filter((name) => names.has(name)), ...names]),
];

/** True when a reader of the map finds the edges of the definition, and no others. */
export function saysEdges(map: DagonTaskMap, definition: PipelineDefinition, names: Names): boolean {
  const entries = Object.entries(map.tasks).map(([key, task]) => ({ key, name: task.name ?? key, task, own: null }));
  try {
    const found = findEdges(map.name, entries, definition.id);
    return definition.nodes.every((node) => {
      const { name } = names.get(node.id) ?? { name: node.id };
      const edges = found.get(name);
      const read = new Set([...(edges?.reads ?? []), ...(edges?.after ?? [])]);
      const wanted = new Set(upstreamOf(node).map((id) => names.get(id)?.name ?? id));
      return read.size === wanted.size && [...wanted].every((one) => read.has(one));
    });
  } catch (error) {
    // Kept prevs may name a task that the pipeline no longer has.
    if (isNereusError(error, "import-invalid")) return false;
    throw error;
  }
}
