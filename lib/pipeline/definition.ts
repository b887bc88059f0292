import type { NodeId, PipelineId, ProductId } from "@/lib/ids";

/**
 * A pipeline once built: plain data that can be printed, hashed, stored and drawn. Its hash is its version.
 * The typed builder (`define-pipeline.ts`) is the only thing that makes one.
 */
export type PipelineDefinition = {
  readonly id: PipelineId;
  readonly title: LocalText;
  readonly kind: "routinary" | "on-demand";
  /** JSON Schema of the run input, made from the pipeline's zod schema. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Names of pure checks that a request must pass before a run exists, in order. */
  readonly checks: readonly string[];
  readonly nodes: readonly NodeDefinition[];
  readonly products: readonly ProductDefinition[];
};

export type LocalText = { readonly en: string; readonly it: string };

export type NodeDefinition = ProgramNode | CommandNode;

type NodeBase = {
  /** Slug `[a-z0-9][a-z0-9_-]{0,62}`. */
  readonly id: NodeId;
  /** `single`: one task per artifact of the fanned input; `aggregate`: one task that gets all. A root has one task. */
  readonly fan: "single" | "aggregate";
  /** Nodes that must be done first although nothing of theirs is read. */
  readonly after: readonly NodeId[];
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  readonly outputs: readonly OutputDefinition[];
  readonly retries: number;
  readonly timeoutSeconds: number;
  readonly pool: "compute" | "light";
  readonly cpus: number;
  readonly memoryMb: number;
  /** The product whose fragments this node's tasks make; they are moved into the store when a task ends. */
  readonly product?: ProductId;
};

/** Runs one of our programs; its `params` reach it in `job.json`. */
export type ProgramNode = NodeBase & {
  readonly kind: "program";
  readonly program: string;
  readonly params: Readonly<Record<string, Binding>>;
};

/** Runs a shell command under `bash -euo pipefail`; `workflow://` references in it become staged, quoted paths. */
export type CommandNode = NodeBase & { readonly kind: "command"; readonly command: string };

/**
 * A staged input. `reference` is `workflow://[workflow]/node/path-or-glob`; it makes the edge.
 * `stream` starts the consumer for each artifact while its producer still runs.
 */
export type InputDefinition = { readonly reference: string; readonly stream: boolean };

/** Files that a task makes. A task that ends well without a match of a required pattern has failed. */
export type OutputDefinition = {
  /** Glob below `out/`. */
  readonly pattern: string;
  readonly commit: "on-exit" | "on-rename";
  readonly required: boolean;
};

/** Where a parameter's value comes from when the task starts. */
export type Binding =
  | { readonly from: "literal"; readonly value: unknown }
  /** A field of the run input. */
  | { readonly from: "input"; readonly field: string }
  /** `id`, `cycle` or `generation` of the run. */
  | { readonly from: "run"; readonly field: "id" | "cycle" | "generation" | "createdAt" };

/** A published data set of the pipeline. */
export type ProductDefinition = {
  readonly id: ProductId;
  readonly title: LocalText;
  /** Domain in paths and titles, such as `d01` or `fire`. */
  readonly domain: string;
  readonly licence: string;
  readonly citation: string;
};
