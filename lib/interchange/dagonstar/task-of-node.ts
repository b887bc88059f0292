import type { WrittenEdges } from "@/lib/interchange/dagonstar/export-edges";
import type { ExportName } from "@/lib/interchange/dagonstar/export-names";
import { importCommand } from "@/lib/interchange/dagonstar/import-command";
import type { DagonTask } from "@/lib/interchange/dagonstar/task-map";
import { translateCommand } from "@/lib/interchange/dagonstar/translate-command";
import type { NodeDefinition } from "@/lib/pipeline/definition";

export type TaskContext = {
  readonly named: ExportName;
  readonly names: ReadonlyMap<string, ExportName>;
  readonly slugs: ReadonlyMap<string, string>;
  readonly workflow: string;
  /** Null leaves those that an import kept. */
  readonly edges: WrittenEdges | null;
};

/** The task of a node: what an import kept of it, with what has changed since; or one made anew. */
export function taskOfNode(node: NodeDefinition, context: TaskContext): DagonTask {
  const { named, edges } = context;
  if (named.kept === null) return newTask(node, context);
  const name = named.kept.name === undefined && named.key === named.name ? {} : { name: named.name };
  return { ...named.kept, ...name, ...edges, ...changedCommand(node, named.kept, context) };
}

/** The command as it came, as long as it still means that of the node. */
function changedCommand(node: NodeDefinition, kept: DagonTask, context: TaskContext): Pick<DagonTask, "command"> {
  if (node.kind !== "command") return {};
  const isSame = importCommand(kept.command, { slugs: context.slugs, workflow: context.workflow }) === node.command;
  return isSame ? {} : { command: exportCommand(node.command, context) };
}

function newTask(node: NodeDefinition, context: TaskContext): DagonTask {
  const common = { name: context.named.name, status: "READY", working_dir: null, ...context.edges };
  if (node.kind === "command") return { ...common, command: exportCommand(node.command, context), type: "batch" };
  const { inputs, outputs } = node;
  const references = Object.entries(inputs).map(([name, { reference }]) => [name, exportCommand(reference, context)]);
  const files = Object.fromEntries(outputs.map(({ pattern }, index) => [`output${index + 1}`, pattern]));
  const given = Object.fromEntries(references);
  // DAGonStar knows nothing that waits: such a step is named by its kind.
  const work = node.kind === "program" ? node.program : node.kind;
  return {
    ...{ ...common, command: JSON.stringify(given), type: "native", function: `nereus:${work}` },
    ...{ inputs: given, outputs: files, executor: "local" },
  };
}

const exportCommand = (command: string, { names }: TaskContext): string =>
  translateCommand(command, ({ workflow, task }) => ({ workflow, task: names.get(task)?.name ?? task }));
