import { mergeRunInput } from "@/lib/binding/merge-run-input";
import { overlayBindings } from "@/lib/binding/overlay-bindings";
import { type FormField, runForm } from "@/lib/binding/run-form";
import { type TaskInput, taskInput } from "@/lib/binding/task-input";
import { visibleArtifacts } from "@/lib/binding/visible-artifacts";
import type { ArtifactRecord } from "@/lib/dag/artifact-record";
import type { DagArtifact } from "@/lib/dag/dag-state";
import { buildGraph } from "@/lib/dag/graph";
import { seenBy } from "@/lib/dag/seen-by";
import { isNereusError } from "@/lib/errors";
import { type ArtifactId, asId, type NodeId, type PipelineId, type RunId, type TaskId } from "@/lib/ids";
import { toBindings, toNode, type VectorNode } from "@/test/conformance/node-words";

type Given =
  | { readonly kind: "schema"; readonly nodes: readonly VectorNode[]; readonly plugins: Plugins }
  | {
      readonly kind: "merge";
      readonly fields: readonly FormField[];
      readonly defaults: TaskInput;
      readonly input: TaskInput;
    }
  | TaskGiven;

type Plugins = Readonly<
  Record<
    string,
    readonly {
      readonly name: string;
      readonly description: string;
      readonly source: string;
      readonly required?: boolean;
      readonly placeholder?: string;
    }[]
  >
>;

type TaskGiven = {
  readonly kind: "task";
  readonly nodes: readonly VectorNode[];
  readonly node: string;
  readonly artifacts: Readonly<Record<string, readonly ArtifactRecord[]>>;
  readonly task: { readonly artifact?: string | null; readonly origin?: string | null };
  readonly run_input: TaskInput;
  readonly config: TaskInput;
};

export function resolveInputs(given: Given): object {
  try {
    switch (given.kind) {
      case "schema":
        return { fields: formOf(given.nodes, given.plugins) };
      case "merge":
        return { merged: mergeRunInput(given.fields, { defaults: given.defaults, given: given.input }) };
      case "task":
        return { input: inputOf(given) };
    }
  } catch (error) {
    if (isNereusError(error, "run-input-missing")) return { error: "required-missing", labels: error.fields.labels };
    if (isNereusError(error, "expression-failed") || isNereusError(error, "expression-invalid"))
      return { error: error.fields.reason };
    throw error;
  }
}

const formOf = (nodes: readonly VectorNode[], plugins: Plugins): readonly FormField[] =>
  runForm(
    nodes.map(({ plugin, bindings }) => {
      const inputs = Object.hasOwn(plugins, plugin) ? (plugins[plugin] ?? []) : [];
      const asked = inputs.filter(({ source }) => source === "runtime");
      return {
        asked: asked.map(({ name, description, required, placeholder }) => ({
          name,
          label: description,
          required: required ?? false,
          placeholder: placeholder ?? "",
        })),
        bindings: toBindings(bindings),
      };
    }),
  );

function inputOf({ nodes, node: slug, artifacts, task, run_input, config }: TaskGiven): TaskInput {
  const graph = buildGraph({ ...emptyDefinition, nodes: nodes.map((node) => toNode(node)) });
  const node = graph.byId.get(asId<NodeId>(slug));
  if (!node) throw new Error(`the vector has no node ${slug}`);
  const made = Object.entries(artifacts).flatMap(([maker, records]) => records.map((one) => toArtifact(maker, one)));
  const records = new Map(Object.values(artifacts).flatMap((some) => some.map((one) => [one.id, one] as const)));
  const recordsOf = (some: readonly DagArtifact[]) => some.flatMap(({ id }) => records.get(id) ?? []);
  const seen = seenBy(
    {
      ...{ graph, limits, tasks: new Map(), expiredEdges: new Set(), external: new Map(), artifacts: made },
      run: { id: asId<RunId>("vector"), state: "running", generation: 1 },
      nodes: new Map(nodes.map((one) => [asId<NodeId>(one.slug), done])),
    },
    node,
    { key: "", inputArtifactId: toId(task.artifact), originId: toId(task.origin) },
  );
  const own = task.artifact ? records.get(task.artifact) : undefined;
  const many = { kind: "many", artifacts: recordsOf([...seen.values()].flat()) } as const;
  const root = { kind: "root", runInput: run_input } as const;
  const input = taskInput(own ? { kind: "one", artifact: own } : node.inputs.length === 0 ? root : many);
  const visible = [...visibleArtifacts(node.inputs, seen, made)].map(
    ([name, some]) => [name, recordsOf(some)] as const,
  );
  return overlayBindings(input, toBindings(nodes.find((one) => one.slug === slug)?.bindings), {
    ...{ artifacts: new Map(visible), runInput: run_input, config },
    run: { id: null, cycle: null, generation: null, createdAt: null },
  });
}

/** Limits of the vectors; ours are wider by default. */
const limits = { fan: 200, searchDepth: 50 };

const done = { state: "completed", tasksTotal: 1, tasksLeft: 0, tasksFailed: 0, partial: false, held: false } as const;

const emptyDefinition = {
  ...{ id: asId<PipelineId>("vector"), title: { en: "", it: "" }, kind: "on-demand" as const },
  ...{ input: {}, checks: [], products: [] },
};

const toId = (id: string | null | undefined): ArtifactId | null => (id ? asId<ArtifactId>(id) : null);

const toArtifact = (node: string, record: ArtifactRecord): DagArtifact => ({
  ...{ id: asId<ArtifactId>(record.id), nodeId: asId<NodeId>(node), taskId: asId<TaskId>(node) },
  ...{ path: record.file_name, key: record.id, originId: toId(record.origin) },
  ...{ sizeBytes: record.file_size, mimeType: record.mime_type, metadata: record.metadata },
});
