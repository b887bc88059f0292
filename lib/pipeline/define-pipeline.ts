import { z } from "zod";
import { asId, type NodeId, type PipelineId, type ProductId } from "@/lib/ids";
import type { Binding, InputBinding, RunField } from "@/lib/pipeline/binding";
import type {
  CommandNode,
  InputDefinition,
  LocalText,
  NodeDefinition,
  OutputDefinition,
  PipelineDefinition,
  ProgramNode,
  RetryPolicy,
} from "@/lib/pipeline/definition";
import { unnamedReferences } from "@/lib/pipeline/unnamed-references";
import { validateDefinition } from "@/lib/pipeline/validate-definition";

export type PipelineSpec = {
  readonly id: string;
  readonly title: LocalText;
  readonly kind: PipelineDefinition["kind"];
  /** What a request may hold; its JSON Schema becomes part of the definition. */
  readonly input: z.ZodType<Record<string, unknown>>;
  /** Fields that the pipeline's `prepare` adds to the request, so that nodes may bind them. */
  readonly prepared?: readonly string[];
  readonly checks?: readonly string[];
  readonly deadlineSeconds?: number;
  readonly nodes: readonly NodeDefinition[];
  readonly products?: readonly {
    readonly id: string;
    readonly title: LocalText;
    readonly domain: string;
    readonly licence: string;
    readonly citation: string;
  }[];
};

/**
 * Builds and checks a pipeline: the result is plain data.
 * @throws {NereusError} definition-invalid, reference-invalid: naming the node, the field and the nearest known name
 */
export function definePipeline(spec: PipelineSpec): PipelineDefinition {
  const definition: PipelineDefinition = {
    id: asId<PipelineId>(spec.id),
    title: spec.title,
    kind: spec.kind,
    input: z.toJSONSchema(spec.input, { io: "input", unrepresentable: "any" }),
    checks: spec.checks ?? [],
    nodes: spec.nodes,
    products: (spec.products ?? []).map((product) => ({ ...product, id: asId<ProductId>(product.id) })),
    ...(spec.deadlineSeconds === undefined ? {} : { deadlineSeconds: spec.deadlineSeconds }),
    ...(spec.prepared === undefined ? {} : { prepared: spec.prepared }),
  };
  validateDefinition(definition, spec.prepared ?? []);
  return definition;
}

export type NodeSpec = {
  readonly fan?: NodeDefinition["fan"];
  readonly groupBy?: string;
  readonly after?: readonly string[];
  readonly inputs?: Readonly<Record<string, InputDefinition>>;
  readonly outputs?: readonly OutputDefinition[];
  readonly when?: string;
  readonly passthrough?: boolean;
  readonly retries?: number;
  /** A crash is not the work's fault: by default it is tried again three times. */
  readonly crashRetries?: number;
  readonly retryDelaysSeconds?: readonly number[];
  /** Retries after failures of one class, such as `{ timeout: 0 }`. */
  readonly retriesByFailure?: RetryPolicy["byFailure"];
  readonly allowFailure?: boolean;
  readonly hold?: boolean;
  readonly timeoutSeconds?: number;
  readonly pool?: string;
  readonly priority?: number;
  readonly cpus?: number;
  readonly memoryMb?: number;
  /** True, or a salt, takes over what an equal task has made before. */
  readonly cache?: boolean | { readonly salt: string };
  readonly retention?: NodeDefinition["retention"];
  readonly product?: string;
};

/** A node that runs one of our programs. Its outputs are named, so that a task without them fails. */
export function program(
  id: string,
  spec: NodeSpec & { readonly program: string; readonly params?: Readonly<Record<string, Binding>> },
): ProgramNode {
  return { ...baseOf(id, spec), kind: "program", program: spec.program, params: spec.params ?? {} };
}

/**
 * A node that runs a shell command in its `out/`. References in the command become inputs of the node, named `ref1`,
 * `ref2`, ... unless `inputs` already names the same reference.
 */
export function command(
  id: string,
  spec: NodeSpec & {
    readonly command: string;
    readonly environment?: CommandNode["environment"];
    /** Without a network unless it says `host`. */
    readonly container?: { readonly image: string; readonly network?: "none" | "host" };
  },
): CommandNode {
  const inputs: Record<string, InputDefinition> = { ...spec.inputs };
  for (const { name, reference } of unnamedReferences(spec.command, inputs)) inputs[name] = ref(reference);
  const outputs = spec.outputs ?? [output("**", { required: false })];
  return {
    ...{ ...baseOf(id, { ...spec, inputs, outputs }), kind: "command", command: spec.command },
    ...(spec.environment === undefined ? {} : { environment: spec.environment }),
    ...(spec.container === undefined ? {} : { container: { network: "none", ...spec.container } }),
  };
}

/** A staged input; `stream` starts a task for each artifact while its producer still runs. */
export const ref = (reference: string, options: Partial<Omit<InputDefinition, "reference">> = {}): InputDefinition => ({
  reference,
  stream: options.stream ?? false,
  role: options.role ?? null,
  filter: options.filter ?? null,
  quorum: options.quorum ?? null,
  fallback: options.fallback ?? null,
  acceptPartial: options.acceptPartial ?? false,
  ...(options.patience === undefined ? {} : { patience: options.patience }),
});

/**
 * An input of the run of another cycle, at an ISO 8601 offset from this one's.
 * @param path  `node/path-or-glob` there
 */
export const previous = (
  workflow: string,
  offset: string,
  path: string,
  options: Parameters<typeof ref>[1] = {},
): InputDefinition => ref(`workflow://${workflow}@${offset}/${path}`, options);

/** Files that a task makes; by default committed when it ended, and required. */
export const output = (
  pattern: string,
  options: Partial<Omit<OutputDefinition, "pattern">> = {},
): OutputDefinition => ({
  ...options,
  pattern,
  commit: options.commit ?? "on-exit",
  required: options.required ?? true,
});

/** A parameter that is a field of the run input. */
export const input = (field: string, options: Omit<InputBinding, "from" | "field"> = {}): Binding => ({
  from: "input",
  field,
  ...options,
});

/** A parameter that is a fact of the run itself. */
export const run = (field: RunField): Binding => ({ from: "run", field });

/** A parameter with a fixed value. */
export const literal = (value: unknown): Binding => ({ from: "literal", value });

/** A parameter with a field of the artifacts that a task sees of a node: of the file, else a key of the metadata. */
export const fieldOf = (node: string, field: string): Binding => ({ from: "artifact", node, field });

/** A parameter that `{namespace.key | pipe}` makes. */
export const expression = (text: string): Binding => ({ from: "expression", expression: text });

/** A variable of the worker's environment, by its name; its value is never stored. */
export const secret = (name: string): Binding => ({ from: "secret", name });

/** A binding that counts only where a `when` clause holds. */
export const onlyWhen = (when: string, binding: Binding): Binding => ({ ...binding, when });

/** What all kinds of nodes have, with the defaults of what is not said. */
export function baseOf(id: string, spec: NodeSpec) {
  return {
    id: asId<NodeId>(id),
    fan: spec.fan ?? "aggregate",
    groupBy: spec.groupBy ?? null,
    after: (spec.after ?? []).map((name) => asId<NodeId>(name)),
    inputs: spec.inputs ?? {},
    outputs: spec.outputs ?? [],
    when: spec.when ?? null,
    passthrough: spec.passthrough ?? false,
    retry: {
      count: spec.retries ?? 0,
      crashCount: Math.max(spec.crashRetries ?? 3, spec.retries ?? 0),
      delaysSeconds: spec.retryDelaysSeconds ?? [],
      ...(spec.retriesByFailure === undefined ? {} : { byFailure: spec.retriesByFailure }),
    },
    allowFailure: spec.allowFailure ?? false,
    hold: spec.hold ?? false,
    timeoutSeconds: spec.timeoutSeconds ?? 3600,
    pool: spec.pool ?? "light",
    priority: spec.priority ?? 0,
    cpus: spec.cpus ?? 1,
    memoryMb: spec.memoryMb ?? 1024,
    ...(spec.cache ? { cache: spec.cache === true ? { salt: "" } : spec.cache } : {}),
    ...(spec.retention === undefined ? {} : { retention: spec.retention }),
    ...(spec.product === undefined ? {} : { product: asId<ProductId>(spec.product) }),
  };
}
