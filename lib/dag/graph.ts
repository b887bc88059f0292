import { isGlob } from "@/lib/dag/glob";
import { parseReference } from "@/lib/dag/reference";
import type { NodeId } from "@/lib/ids";
import type { NodeDefinition, PipelineDefinition } from "@/lib/pipeline/definition";

/** What planning needs of a node; made once per pipeline version. */
export type GraphNode = {
  readonly id: NodeId;
  readonly position: number;
  readonly fan: NodeDefinition["fan"];
  readonly inputs: readonly GraphInput[];
  /** The input whose artifacts each give a `single` node one task; null for roots and aggregates. */
  readonly fanInput: GraphInput | null;
  /** Distinct nodes that this one waits for, by inputs and by `after`. */
  readonly upstream: readonly NodeId[];
  readonly consumers: readonly NodeId[];
  /** The producer whose artifacts start tasks while it still runs. */
  readonly streamsFrom: NodeId | null;
  readonly pool: string;
  readonly cpus: number;
  readonly priority: number;
  readonly hold: boolean;
  readonly planner: "sql" | "pure";
  readonly retries: number;
};

export type GraphInput = {
  readonly name: string;
  readonly node: NodeId;
  /** Empty, folder, file or glob below the producer's `out/`. */
  readonly path: string;
  readonly stream: boolean;
  readonly role: "main" | "side";
};

/** Nodes by position, in the order of the definition. */
export type Graph = { readonly nodes: readonly GraphNode[]; readonly byId: ReadonlyMap<NodeId, GraphNode> };

/** @throws {NereusError} reference-invalid, when the definition did not come from the builder */
export function buildGraph(definition: PipelineDefinition): Graph {
  const inputsOf = new Map(definition.nodes.map((node) => [node.id, readInputs(node)]));
  const upstreamOf = new Map(definition.nodes.map((node) => [node.id, upstream(node, inputsOf.get(node.id) ?? [])]));
  const consumersOf = new Map<NodeId, NodeId[]>(definition.nodes.map((node) => [node.id, []]));
  for (const [id, producers] of upstreamOf) for (const producer of producers) consumersOf.get(producer)?.push(id);
  const nodes = definition.nodes.map((node, position): GraphNode => {
    const inputs = inputsOf.get(node.id) ?? [];
    const fanInput = node.fan === "single" ? findFanInput(inputs) : null;
    return {
      id: node.id,
      position,
      fan: node.fan,
      inputs,
      fanInput,
      upstream: upstreamOf.get(node.id) ?? [],
      consumers: consumersOf.get(node.id) ?? [],
      streamsFrom: fanInput?.stream ? fanInput.node : null,
      pool: node.pool,
      cpus: node.cpus,
      priority: node.priority,
      hold: node.hold,
      planner: "sql",
      retries: node.retry.count,
    };
  });
  return { nodes, byId: new Map(nodes.map((node) => [node.id, node])) };
}

/** Inputs of a node with their references read; by name, since stored definitions do not keep the order of keys. */
export function readInputs(node: NodeDefinition): readonly GraphInput[] {
  return Object.entries(node.inputs)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, input]) => {
      const { node: producer, path } = parseReference(input.reference, `node ${node.id}, input ${name}`);
      return { name, node: producer, path, stream: input.stream, role: input.role };
    });
}

/** The only input, else the only streaming one, else the only glob; null when that leaves a choice. */
export function findFanInput(inputs: readonly GraphInput[]): GraphInput | null {
  const candidates = [inputs, inputs.filter((input) => input.stream), inputs.filter((input) => isGlob(input.path))];
  return candidates.find((some) => some.length === 1)?.[0] ?? null;
}

function upstream(node: NodeDefinition, inputs: readonly GraphInput[]): readonly NodeId[] {
  return [...new Set([...inputs.map((input) => input.node), ...node.after])];
}
