import { topologicalOrder } from "@/lib/dag/topological-order";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { upstreamOf } from "@/lib/pipeline/find-cycle";
import { findGraphProblem } from "@/lib/pipeline/find-graph-problem";
import { toBindings, toNode, type VectorNode } from "@/test/conformance/node-words";

type GivenNode = Omit<VectorNode, "slug"> & { readonly slug?: string | null };

/** The vectors know no limit of edges. */
const limits = { edges: Number.POSITIVE_INFINITY };

export function validateGraph({ nodes: given }: { readonly nodes: readonly GivenNode[] }): object {
  const named = withNames(given);
  const nodes = named.map(toProgram);
  const problem = findGraphProblem(nodes, { fields: null, limits });
  if (problem !== null) return { error: problem.code };
  if (named.some(hasForeignFilter)) return { error: "filter-not-dependency" };
  const upstream = new Map(nodes.map((node) => [node.id, upstreamOf(node)]));
  const roots = nodes.filter(({ id }) => upstream.get(id)?.length === 0).map(({ id }) => id);
  return { ok: true, slugs: nodes.map(({ id }) => id), roots, order: topologicalOrder(upstream) };
}

/** A node without a name is `<plugin>_<n>`, counted by plugin; names that are taken are left out. */
function withNames(given: readonly GivenNode[]): readonly VectorNode[] {
  const taken = new Set(given.map(({ slug }) => slug));
  const counts = new Map<string, number>();
  return given.map((node) => {
    if (node.slug) return { ...node, slug: node.slug };
    let count = counts.get(node.plugin) ?? 0;
    do count += 1;
    while (taken.has(`${node.plugin}_${count}`));
    counts.set(node.plugin, count);
    return { ...node, slug: `${node.plugin}_${count}` };
  });
}

function toProgram(node: VectorNode): NodeDefinition {
  const { command: _, ...rest } = toNode(node);
  return { ...rest, kind: "program", program: node.plugin, params: toBindings(node.bindings) };
}

/** Our filters stand at the inputs, so that one elsewhere cannot be written at all. */
const hasForeignFilter = ({ depends_on, edge_filters = {} }: VectorNode): boolean =>
  Object.keys(edge_filters).some((name) => !depends_on.includes(name));
