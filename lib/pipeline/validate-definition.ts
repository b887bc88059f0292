import { readInputs } from "@/lib/dag/graph";
import { NereusError } from "@/lib/errors";
import { suggestName } from "@/lib/nearest-name";
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";
import { findGraphProblem } from "@/lib/pipeline/find-graph-problem";
import { shapeProblem } from "@/lib/pipeline/shape-problem";

const slug = /^[a-z0-9][a-z0-9_-]{0,62}$/;
/** Source: EXECUTION.md, section 12. */
const limits = { edges: 64 };

/**
 * Refuses a definition that could not run. The first problem wins: names, then the graph, then each node.
 * @param prepared  fields that `prepare` adds to the run input
 * @throws {NereusError} definition-invalid, reference-invalid: naming the node, the field and the nearest known name
 */
export function validateDefinition(definition: PipelineDefinition, prepared: readonly string[]): void {
  const refuse = (place: string, problem: string): never => {
    throw new NereusError("definition-invalid", { pipeline: definition.id, place, problem });
  };
  if (!slug.test(definition.id)) refuse("id", `“${definition.id}” is not a slug (a-z, 0-9, _ and -, at most 63).`);
  for (const { id } of definition.nodes)
    if (!slug.test(id)) refuse(`node ${id}`, "its name is not a slug (a-z, 0-9, _ and -, at most 63).");
  const fields = fieldsOf(definition);
  const problem = findGraphProblem(definition.nodes, { fields: fields && [...fields, ...prepared], limits });
  if (problem !== null) refuse(problem.place, problem.problem);
  const wrongCycle = definition.kind === "on-demand" ? definition.nodes.find(readsCycles) : undefined;
  if (wrongCycle !== undefined)
    refuse(
      `node ${wrongCycle.id}`,
      "it reads another run, which only a routinary pipeline can: a request has no cycle.",
    );
  const products = definition.products.map(({ id }) => id);
  for (const node of definition.nodes) {
    const wrong = shapeProblem(node);
    if (wrong !== null) refuse([`node ${node.id}`, wrong.field].filter(Boolean).join(", "), wrong.problem);
    if (node.product !== undefined && !products.includes(node.product))
      refuse(
        `node ${node.id}, product`,
        `there is no product “${node.product}”.${suggestName(node.product, products)}`,
      );
  }
}

/** An input, a fallback or what it waits for counts from the cycle of its run. */
function readsCycles(node: NodeDefinition): boolean {
  if (node.unrunnable !== undefined) return false;
  if (node.kind === "sensor" && node.watch.for === "run") return true;
  return readInputs(node).some(({ external, fallback }) => external !== null || fallback?.kind === "cycle");
}

/** Fields of the run input; null where its schema names none and takes any. */
function fieldsOf(definition: PipelineDefinition): readonly string[] | null {
  const { properties } = definition.input;
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : null;
}
