import type { ArtifactFilter } from "@/lib/dag/artifact-filter";
import { isGlob } from "@/lib/dag/glob";
import { parseReference } from "@/lib/dag/reference";
import type { NodeId, ProductId } from "@/lib/ids";
import type {
  InputDefinition,
  NodeDefinition,
  Patience,
  PipelineDefinition,
  Quorum,
  RetryPolicy,
} from "@/lib/pipeline/definition";
import type { WaitKind } from "@/lib/pipeline/sensor";

/** What planning needs of a node; made once per pipeline version. */
export type GraphNode = {
  readonly id: NodeId;
  readonly position: number;
  readonly fan: NodeDefinition["fan"];
  readonly groupBy: string | null;
  /** All inputs, by name. */
  readonly inputs: readonly GraphInput[];
  /** The inputs that it is fanned over, or that are its work; without any it gets one task. */
  readonly mains: readonly GraphInput[];
  /** Distinct nodes of this run that it waits for: by inputs, by the fallbacks of inputs, by `after`. */
  readonly upstream: readonly NodeId[];
  /** Those of them that it only waits for. */
  readonly after: readonly NodeId[];
  readonly consumers: readonly NodeId[];
  /** The producer whose artifacts start tasks while it still runs. */
  readonly streamsFrom: NodeId | null;
  readonly passthrough: boolean;
  readonly when: string | null;
  /** A failed task of it does not fail the run: it says so, or every consumer can do with less. */
  readonly toleratesFailure: boolean;
  readonly retry: RetryPolicy;
  readonly hold: boolean;
  readonly pool: string;
  readonly cpus: number;
  readonly priority: number;
  /** What its tasks publish a part of; null for most. */
  readonly product: ProductId | null;
  /** What its tasks wait for as rows instead of being ready at once; null for one that is a job. */
  readonly waitsFor: WaitKind | null;
  /**
   * Who launches it. `sql`: the database (`drizzle/functions/advance.sql`), which takes every artifact that the path of a
   * main input matches. `pure`: this planner, since it has a filter, a condition, a deadline, groups by metadata, inputs
   * from other runs, tasks that wait, a producer that lets artifacts pass, or streams beside other main inputs.
   */
  readonly planner: "sql" | "pure";
};

export type GraphInput = {
  readonly name: string;
  readonly node: NodeId;
  /** Empty, folder, file or glob below the producer's `out/`. */
  readonly path: string;
  readonly stream: boolean;
  readonly role: "main" | "side";
  readonly filter: ArtifactFilter | null;
  readonly quorum: Quorum | null;
  readonly fallback:
    | { readonly kind: "node"; readonly node: NodeId; readonly path: string }
    | { readonly kind: "cycle"; readonly offset: string }
    | null;
  readonly acceptPartial: boolean;
  readonly patience: Patience | null;
  /** The other run that it leads to; null for this one. */
  readonly external: { readonly workflow: string | null; readonly cycleOffset: string | null } | null;
};

/** Nodes by position, in the order of the definition. */
export type Graph = {
  readonly nodes: readonly GraphNode[];
  readonly byId: ReadonlyMap<NodeId, GraphNode>;
  /** An input, or a fallback, leads into the run of another cycle or pipeline. */
  readonly readsOtherRuns: boolean;
};

/** Names an input among those of all nodes. */
export const edgeKey = (node: NodeId, input: string): string => `${node}/${input}`;

/** @throws {NereusError} reference-invalid, when the definition did not come from the builder */
export function buildGraph(definition: PipelineDefinition): Graph {
  const drafts = definition.nodes.map((node) => {
    const inputs = readInputs(node);
    return { node, inputs, upstream: upstreamOf(node, inputs) };
  });
  const consumersOf = new Map<NodeId, NodeId[]>(definition.nodes.map((node) => [node.id, []]));
  for (const { node, upstream } of drafts) for (const id of upstream) consumersOf.get(id)?.push(node.id);
  const passing = new Set(definition.nodes.filter((node) => node.passthrough).map((node) => node.id));
  const tolerated = findTolerated(drafts);
  const nodes = drafts.map(({ node, inputs, upstream }, position): GraphNode => {
    const mains = inputs.filter(({ role }) => role === "main");
    const read = new Set(producersOf(inputs));
    const planned = {
      ...{ id: node.id, position, fan: node.fan, groupBy: node.groupBy, inputs, mains, upstream },
      after: upstream.filter((id) => !read.has(id)),
      consumers: consumersOf.get(node.id) ?? [],
      streamsFrom: mains.find((input) => input.stream)?.node ?? null,
      passthrough: node.passthrough,
      when: node.when,
      toleratesFailure: node.allowFailure || tolerated.has(node.id),
      retry: node.retry,
      ...{ hold: node.hold, pool: node.pool, cpus: node.cpus, priority: node.priority },
      product: node.product ?? null,
      waitsFor: waitKindOf(node),
    };
    return { ...planned, planner: isPlain(planned, passing) ? "sql" : "pure" };
  });
  const readsOtherRuns = nodes.some(({ inputs }) =>
    inputs.some(({ external, fallback }) => external !== null || fallback?.kind === "cycle"),
  );
  return { nodes, byId: new Map(nodes.map((node) => [node.id, node])), readsOtherRuns };
}

function waitKindOf(node: NodeDefinition): WaitKind | null {
  switch (node.kind) {
    case "sensor":
      return node.watch.for === "time" || node.watch.for === "offset" ? "clock" : node.watch.for;
    case "gate":
      return "gate";
    case "run":
      return "child";
    default:
      return null;
  }
}

type Draft = {
  readonly node: NodeDefinition;
  readonly inputs: readonly GraphInput[];
  readonly upstream: readonly NodeId[];
};

/** Inputs of a node with their references read; by name, since stored definitions do not keep the order of keys. */
export function readInputs(node: NodeDefinition): readonly GraphInput[] {
  const inputs = Object.entries(node.inputs)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, input]) => readInput(node.id, name, input));
  const roles = rolesOf(node, inputs);
  return inputs.map((input, index) => ({ ...input, role: roles[index] ?? "main" }));
}

function readInput(id: NodeId, name: string, input: InputDefinition): Omit<GraphInput, "role"> {
  const place = `node ${id}, input ${name}`;
  const { workflow, cycleOffset, node, path } = parseReference(input.reference, place);
  const { stream, filter, quorum, acceptPartial } = input;
  const external = workflow === null && cycleOffset === null ? null : { workflow, cycleOffset };
  const told = { name, node, path, stream, filter, quorum, acceptPartial, external };
  return { ...told, patience: input.patience ?? null, fallback: readFallback(input, place) };
}

function readFallback({ fallback }: InputDefinition, place: string): GraphInput["fallback"] {
  if (fallback?.kind !== "node") return fallback;
  const { node, path } = parseReference(fallback.reference, `${place}, fallback`);
  return { kind: "node", node, path };
}

/** As given; else, on a `single` node, the one input that its tasks can be made of is main and the others are side. */
function rolesOf(node: NodeDefinition, inputs: readonly Omit<GraphInput, "role">[]): readonly GraphInput["role"][] {
  const fan = node.fan === "single" ? findFanInput(inputs) : null;
  return inputs.map((input) => {
    const given = node.inputs[input.name]?.role ?? null;
    return given ?? (fan === null || fan === input ? "main" : "side");
  });
}

/** The only input, else the only streaming one, else the only glob; null when that leaves a choice. */
export function findFanInput<Input extends Pick<GraphInput, "stream" | "path">>(
  inputs: readonly Input[],
): Input | null {
  const candidates = [inputs, inputs.filter((input) => input.stream), inputs.filter((input) => isGlob(input.path))];
  return candidates.find((some) => some.length === 1)?.[0] ?? null;
}

function upstreamOf(node: NodeDefinition, inputs: readonly GraphInput[]): readonly NodeId[] {
  return [...new Set([...producersOf(inputs), ...node.after])];
}

/** Nodes of this run that inputs, or their fallbacks, read. */
const producersOf = (inputs: readonly GraphInput[]): readonly NodeId[] =>
  inputs.flatMap((input) => [
    ...(input.external === null ? [input.node] : []),
    ...(input.fallback?.kind === "node" ? [input.fallback.node] : []),
  ]);

/** Nodes of which every consumer can do with less; one without consumers is what the run is for. */
function findTolerated(drafts: readonly Draft[]): ReadonlySet<NodeId> {
  const consumed = new Set<NodeId>();
  const demanded = new Set<NodeId>();
  for (const { inputs, upstream } of drafts) {
    const strict = new Set(inputs.filter((input) => !canDoWithLess(input)).map((input) => input.node));
    const read = new Set(producersOf(inputs));
    for (const id of upstream) {
      consumed.add(id);
      if (strict.has(id) || !read.has(id)) demanded.add(id);
    }
  }
  return new Set([...consumed].filter((id) => !demanded.has(id)));
}

const canDoWithLess = (input: GraphInput): boolean =>
  input.acceptPartial || input.quorum !== null || input.fallback !== null;

function isPlain(node: Omit<GraphNode, "planner">, passing: ReadonlySet<NodeId>): boolean {
  const isPlainInput = (input: GraphInput) =>
    input.filter === null && !canDoWithLess(input) && input.external === null && !passing.has(input.node);
  return (
    node.groupBy === null &&
    node.when === null &&
    node.waitsFor === null &&
    node.inputs.every(isPlainInput) &&
    (node.streamsFrom === null || node.mains.length === 1)
  );
}
