import { bindingProblem, expressionProblem } from "@/lib/binding/binding-problem";
import { expandTimeTemplate } from "@/lib/expand-time-template";
import type { Binding } from "@/lib/pipeline/binding";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { edgeProblem } from "@/lib/pipeline/edge-problem";
import { findCycle, upstreamOf } from "@/lib/pipeline/find-cycle";
import type { GraphLimits, GraphProblem } from "@/lib/pipeline/graph-problem";
import type { SensorWatch } from "@/lib/pipeline/sensor";
import { webBindings } from "@/lib/pipeline/web-bindings";

/** Names that bindings and expressions use for other things. */
const reserved: ReadonlySet<string> = new Set(["input", "config"]);

/**
 * The first problem of a graph: of its names, then its edges, then cycles, then what its expressions and bindings read, each
 * in the order of the nodes; null for a good one.
 * @param fields  of the run input; null accepts any
 * @throws {NereusError} reference-invalid for a text that is no reference at all
 * Source: ENGINE.md, section 1; the codes are those of conformance/README.md, graphs.
 */
export function findGraphProblem(
  nodes: readonly NodeDefinition[],
  about: { readonly fields: readonly string[] | null; readonly limits: GraphLimits },
): GraphProblem | null {
  if (nodes.length === 0)
    return { code: "empty-pipeline", place: "nodes", problem: "a pipeline needs at least one node." };
  const wrongName = nameProblem(nodes);
  if (wrongName !== null) return wrongName;
  const known: ReadonlySet<string> = new Set(nodes.map((node) => node.id));
  for (const node of nodes) {
    const problem = edgeProblem(node, known, about.limits);
    if (problem !== null) return problem;
  }
  const cycle = findCycle(nodes);
  if (cycle !== null)
    return { code: "cycle", place: "nodes", problem: `these nodes wait for each other: ${shorten(cycle)}.` };
  for (const node of nodes) {
    const problem = valueProblem(node, about.fields);
    if (problem !== null) return problem;
  }
  return null;
}

function nameProblem(nodes: readonly NodeDefinition[]): GraphProblem | null {
  const seen = new Set<string>();
  for (const { id } of nodes) {
    const place = `node ${id}`;
    if (reserved.has(id)) return { code: "reserved-slug", place, problem: "this name is reserved." };
    if (seen.has(id)) return { code: "duplicate-slug", place, problem: "two nodes have this name." };
    seen.add(id);
  }
  return null;
}

/** A long cycle is shown by its ends. */
function shorten(cycle: readonly string[]): string {
  const shown = cycle.length > 20 ? [...cycle.slice(0, 10), "...", ...cycle.slice(-5)] : cycle;
  return shown.join(" -> ");
}

function valueProblem(node: NodeDefinition, fields: readonly string[] | null): GraphProblem | null {
  const names = { upstream: upstreamOf(node), fields };
  const condition = node.when === null ? null : expressionProblem(node.when, names);
  if (condition !== null) return { ...condition, place: `node ${node.id}, when` };
  const text = node.kind === "sensor" ? textOfWatch(node.watch) : null;
  const unread = text === null ? null : expressionProblem(expandTimeTemplate(text, new Date(0)), names);
  if (unread !== null) return { ...unread, place: `node ${node.id}, watch` };
  const [bindings, what] = bindingsOf(node);
  for (const [name, binding] of Object.entries(bindings)) {
    const wrong = bindingProblem(binding, names);
    if (wrong !== null) return { ...wrong, place: `node ${node.id}, ${what} ${name}` };
  }
  return null;
}

function bindingsOf(node: NodeDefinition): readonly [Readonly<Record<string, Binding>>, string] {
  switch (node.kind) {
    case "command":
      return [node.environment ?? {}, "variable"];
    case "program":
    case "run":
      return [node.params, "parameter"];
    case "http":
    case "websocket":
      return [webBindings(node, new Date(0)), "its"];
    default:
      return [{}, ""];
  }
}

/** The part of a watch that may hold expressions. */
function textOfWatch(watch: SensorWatch): string | null {
  if (watch.for === "http") return watch.url;
  return watch.for === "file" ? watch.pattern : null;
}
