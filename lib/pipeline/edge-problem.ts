import { Duration } from "luxon";
import { findCommandReferences, placeOf } from "@/lib/dag/command-references";
import { parseReference } from "@/lib/dag/reference";
import { suggestName } from "@/lib/nearest-name";
import type { InputDefinition, NodeDefinition } from "@/lib/pipeline/definition";
import type { GraphLimits, GraphProblem } from "@/lib/pipeline/graph-problem";

/**
 * What is wrong with what a node waits for: its references, those in its command by line and column, and its `after`; null
 * when nothing is.
 * @param known  names of all nodes
 * @throws {NereusError} reference-invalid for a text that is no reference at all
 */
export function edgeProblem(
  node: NodeDefinition,
  known: ReadonlySet<string>,
  limits: GraphLimits,
): GraphProblem | null {
  for (const { text, place } of referencesOf(node)) {
    const problem = referenceProblem(text, place, { node, known });
    if (problem !== null) return problem;
  }
  for (const name of node.after) {
    const problem = nameProblem(name, `node ${node.id}, after`, { node, known });
    if (problem !== null) return problem;
  }
  return repeatProblem(node) ?? countProblem(node, limits);
}

type Context = { readonly node: NodeDefinition; readonly known: ReadonlySet<string> };

function referencesOf(node: NodeDefinition): readonly { readonly text: string; readonly place: string }[] {
  const command = node.kind === "command" ? node.command : "";
  const inCommand = findCommandReferences(command).map(({ text, start }) => {
    const { line, column } = placeOf(command, start);
    return { text, place: `node ${node.id}, command, line ${line}, column ${column}` };
  });
  const inInputs = Object.entries(node.inputs).flatMap(([name, { reference, fallback }]) => {
    const place = `node ${node.id}, input ${name}`;
    const other = fallback?.kind === "node" ? [{ text: fallback.reference, place: `${place}, fallback` }] : [];
    return [{ text: reference, place }, ...other];
  });
  return [...inCommand, ...inInputs];
}

function referenceProblem(text: string, place: string, context: Context): GraphProblem | null {
  const { workflow, cycleOffset, node } = parseReference(text, place);
  if (workflow === null && cycleOffset === null) return nameProblem(node, place, context);
  if (context.node.unrunnable !== undefined) return null;
  const problem = cycleOffset === null ? null : offsetProblem(cycleOffset);
  if (problem !== null) return { code: "unknown-dependency", place, problem: `“${text}” ${problem}` };
  if (workflow !== null || context.known.has(node)) return null;
  return { code: "unknown-dependency", place, problem: unknownNode(node, context) };
}

/** Only what lies in the past can be waited for: two runs that wait for each other's later ones would never end. */
function offsetProblem(offset: string): string | null {
  const duration = Duration.fromISO(offset);
  if (!duration.isValid) return "has an offset that is no ISO 8601 duration such as -P1D.";
  return duration.toMillis() < 0 ? null : "does not lead to an earlier cycle; give an offset such as -P1D.";
}

const unknownNode = (name: string, { known }: Context): string =>
  `there is no node “${name}”.${suggestName(name, [...known])}`;

function nameProblem(name: string, place: string, { node, known }: Context): GraphProblem | null {
  if (name === node.id) return { code: "self-dependency", place, problem: "a node cannot wait for itself." };
  if (known.has(name)) return null;
  return { code: "unknown-dependency", place, problem: unknownNode(name, { node, known }) };
}

/** Two inputs that differ in nothing but their names would count every artifact twice. */
function repeatProblem(node: NodeDefinition): GraphProblem | null {
  const seen = new Map<string, string>();
  for (const [name, input] of Object.entries(node.inputs)) {
    const text = textOf(input);
    const first = seen.get(text);
    if (first !== undefined) {
      const problem = `it is the same as input ${first}.`;
      return { code: "repeated-dependency", place: `node ${node.id}, input ${name}`, problem };
    }
    seen.set(text, name);
  }
  if (new Set(node.after).size === node.after.length) return null;
  return { code: "repeated-dependency", place: `node ${node.id}, after`, problem: "a node is named twice." };
}

const textOf = ({ reference, role, filter }: InputDefinition): string => JSON.stringify([reference, role, filter]);

function countProblem(node: NodeDefinition, limits: GraphLimits): GraphProblem | null {
  const edges = Object.keys(node.inputs).length + node.after.length;
  if (edges <= limits.edges) return null;
  const problem = `it has ${edges} edges; the limit is ${limits.edges}.`;
  return { code: "too-many-edges", place: `node ${node.id}`, problem };
}
