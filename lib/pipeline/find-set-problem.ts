import { readInputs } from "@/lib/dag/graph";
import { suggestName } from "@/lib/nearest-name";
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";
import { upstreamOf } from "@/lib/pipeline/find-cycle";
import { findRing } from "@/lib/pipeline/find-ring";

/** Why pipelines do not go together, and which of them cannot be kept. */
export type SetProblem = { readonly pipeline: string; readonly place: string; readonly problem: string };

/**
 * The first problem of all pipelines of an installation together: another one that is not there, a node that it does not
 * have, and pipelines whose runs of one cycle would wait for each other. What leads to an earlier cycle cannot close a ring.
 * Null for a good set.
 */
export function findSetProblem(definitions: readonly PipelineDefinition[]): SetProblem | null {
  const byId: ReadonlyMap<string, PipelineDefinition> = new Map(definitions.map((one) => [one.id, one]));
  for (const definition of definitions) {
    for (const node of definition.nodes) {
      // What was imported and cannot run here may name what is not here.
      if (node.unrunnable !== undefined) continue;
      for (const link of linksOf(definition, node)) {
        const problem = linkProblem(link, byId);
        if (problem !== null) return { pipeline: definition.id, place: `node ${node.id}, ${link.field}`, problem };
      }
    }
  }
  const ring = findRing(waitsOf(definitions));
  if (ring === null) return null;
  const problem = `these wait for each other in runs of one cycle: ${ring.join(" -> ")}. Let one read an earlier cycle.`;
  return { pipeline: ring[0]?.split("/")[0] ?? "", place: "nodes", problem };
}

/** That a node needs something of a pipeline; `node` null for the end of its run. */
type Link = {
  readonly field: string;
  readonly pipeline: string;
  readonly node: string | null;
  readonly isEarlier: boolean;
};

function linksOf(definition: PipelineDefinition, node: NodeDefinition): readonly Link[] {
  const read = readInputs(node).flatMap((input): readonly Link[] => {
    if (input.external === null) return [];
    const { workflow, cycleOffset } = input.external;
    const isEarlier = cycleOffset !== null;
    return [{ field: `input ${input.name}`, pipeline: workflow ?? definition.id, node: input.node, isEarlier }];
  });
  if (node.kind === "run")
    return [...read, { field: "pipeline", pipeline: node.pipeline, node: null, isEarlier: node.offset !== null }];
  if (node.kind !== "sensor" || node.watch.for !== "run") return read;
  const { pipeline, offset } = node.watch;
  return [...read, { field: "watch, pipeline", pipeline, node: null, isEarlier: offset !== null }];
}

function linkProblem({ pipeline, node }: Link, byId: ReadonlyMap<string, PipelineDefinition>): string | null {
  const other = byId.get(pipeline);
  if (other === undefined) return `there is no pipeline “${pipeline}”.${suggestName(pipeline, [...byId.keys()])}`;
  const names = other.nodes.map(({ id }) => String(id));
  if (node === null || names.includes(node)) return null;
  return `pipeline ${pipeline} has no node “${node}”.${suggestName(node, names)}`;
}

/** What each node, written `pipeline/node`, waits for in runs of the same cycle; the end of a run waits for all of its nodes. */
function waitsOf(definitions: readonly PipelineDefinition[]): ReadonlyMap<string, readonly string[]> {
  const waits = new Map<string, readonly string[]>();
  for (const definition of definitions) {
    const { id, nodes } = definition;
    for (const node of nodes) {
      const own = upstreamOf(node).map((name) => `${id}/${name}`);
      const others = linksOf(definition, node).filter(({ isEarlier }) => !isEarlier);
      waits.set(`${id}/${node.id}`, [...own, ...others.map((link) => `${link.pipeline}/${link.node ?? "(end)"}`)]);
    }
    waits.set(
      `${id}/(end)`,
      nodes.map((node) => `${id}/${node.id}`),
    );
  }
  return waits;
}
