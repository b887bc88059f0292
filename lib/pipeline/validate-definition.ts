import { bindingProblem, expressionProblem } from "@/lib/binding/binding-problem";
import { findCommandReferences, placeOf } from "@/lib/dag/command-references";
import { findFanInput, readInputs } from "@/lib/dag/graph";
import { parseReference } from "@/lib/dag/reference";
import { NereusError } from "@/lib/errors";
import { nearestName } from "@/lib/nearest-name";
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";
import { findCycle } from "@/lib/pipeline/find-cycle";

const slug = /^[a-z0-9][a-z0-9_-]{0,62}$/;
/** Names that bindings and expressions use for other things. */
const reserved = new Set(["input", "config"]);
const mostEdges = 64;

/**
 * Refuses a definition that could not run. The first problem wins, in the order of the nodes.
 * @param prepared  fields that `prepare` adds to the run input
 * @throws {NereusError} definition-invalid, reference-invalid
 */
export function validateDefinition(definition: PipelineDefinition, prepared: readonly string[]): void {
  const refuse = (place: string, problem: string): never => {
    throw new NereusError("definition-invalid", { pipeline: definition.id, place, problem });
  };
  if (!slug.test(definition.id)) refuse("id", `“${definition.id}” is not a slug (a-z, 0-9, _ and -, at most 63).`);
  if (definition.nodes.length === 0) refuse("nodes", "a pipeline needs at least one node.");
  checkNames(definition, refuse);
  const known: ReadonlySet<string> = new Set(definition.nodes.map((node) => node.id));
  const fields = fieldsOf(definition);
  for (const node of definition.nodes) {
    checkReferences(node, known);
    checkUpstream(node, known, refuse);
    checkShape(node, refuse);
    checkBindings(node, fields && [...fields, ...prepared], refuse);
    if (node.product !== undefined && !definition.products.some((product) => product.id === node.product))
      refuse(`node ${node.id}, product`, `there is no product “${node.product}”.`);
  }
  const cycle = findCycle(definition.nodes);
  if (cycle) refuse("nodes", `these nodes wait for each other: ${cycle.join(" -> ")}.`);
}

type Refuse = (place: string, problem: string) => never;

function checkNames(definition: PipelineDefinition, refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { id } of definition.nodes) {
    if (!slug.test(id)) refuse(`node ${id}`, "its name is not a slug (a-z, 0-9, _ and -, at most 63).");
    if (reserved.has(id)) refuse(`node ${id}`, "this name is reserved.");
    if (seen.has(id)) refuse(`node ${id}`, "two nodes have this name.");
    seen.add(id);
  }
}

/** Every reference must be of this run and name a node; those in a command are placed by line and column. */
function checkReferences(node: NodeDefinition, known: ReadonlySet<string>): void {
  const check = (text: string, place: string) => {
    const { workflow, cycleOffset, node: producer } = parseReference(text, place);
    const refuse = (problem: string) => new NereusError("reference-invalid", { text, place, problem });
    if (workflow !== null || cycleOffset !== null)
      throw refuse("leads to another run; only workflow:///node/path can.");
    if (producer === node.id) throw refuse("leads to the node itself.");
    if (!known.has(producer)) throw refuse(`names an unknown node.${suggest(producer, [...known])}`);
  };
  if (node.kind === "command") {
    for (const { text, start } of findCommandReferences(node.command)) {
      const { line, column } = placeOf(node.command, start);
      check(text, `node ${node.id}, command, line ${line}, column ${column}`);
    }
  }
  for (const [name, { reference }] of Object.entries(node.inputs)) check(reference, `node ${node.id}, input ${name}`);
}

function checkUpstream(node: NodeDefinition, known: ReadonlySet<string>, refuse: Refuse): void {
  const place = `node ${node.id}, after`;
  for (const name of node.after) {
    if (name === node.id) refuse(place, "a node cannot wait for itself.");
    if (!known.has(name)) refuse(place, `there is no node “${name}”.${suggest(name, [...known])}`);
  }
  if (new Set(node.after).size < node.after.length) refuse(place, "a node is named twice.");
  const edges = Object.keys(node.inputs).length + node.after.length;
  if (edges > mostEdges) refuse(`node ${node.id}`, `it has ${edges} edges; the limit is ${mostEdges}.`);
}

function checkShape(node: NodeDefinition, refuse: Refuse): void {
  const place = `node ${node.id}`;
  const inputs = readInputs(node);
  const streaming = inputs.filter((input) => input.stream);
  if (node.fan === "aggregate" && streaming.length > 0)
    refuse(`${place}, input ${streaming[0]?.name}`, "only a node with fan “single” can take a streamed input.");
  if (streaming.length > 1) refuse(place, "only one of its inputs can be streamed.");
  if (node.fan === "single" && inputs.length > 0 && findFanInput(inputs) === null)
    refuse(place, "it is not clear which input gives one task per artifact: stream one, or give one a glob.");
  if (node.fan === "single" && inputs.length === 0 && node.after.length > 0)
    refuse(place, "fan “single” needs an input; “after” alone gives no artifacts.");
  if (node.kind === "program" && node.outputs.length === 0) refuse(place, "a program node must name its outputs.");
  if (node.retry.count < 0 || node.timeoutSeconds <= 0) refuse(place, "retries and timeout cannot be negative.");
}

function checkBindings(node: NodeDefinition, fields: readonly string[] | null, refuse: Refuse): void {
  const upstream = [...readInputs(node).map((input) => input.node), ...node.after];
  const names = { upstream, fields };
  const params = node.kind === "program" ? Object.entries(node.params) : [];
  const found = [
    ...(node.when === null ? [] : [{ place: "when", wrong: expressionProblem(node.when, names) }]),
    ...params.map(([name, binding]) => ({ place: `parameter ${name}`, wrong: bindingProblem(binding, names) })),
  ];
  for (const { place, wrong } of found) if (wrong !== null) refuse(`node ${node.id}, ${place}`, wrong.problem);
}

/** Fields of the run input; null where its schema names none and takes any. */
function fieldsOf(definition: PipelineDefinition): readonly string[] | null {
  const { properties } = definition.input;
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : null;
}

function suggest(wrong: string, known: readonly string[]): string {
  const near = nearestName(wrong, known);
  return near === null ? ` Known: ${known.join(", ")}.` : ` Did you mean “${near}”?`;
}
