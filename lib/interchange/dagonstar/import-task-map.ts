import { findEdges } from "@/lib/interchange/dagonstar/find-edges";
import { importCommand } from "@/lib/interchange/dagonstar/import-command";
import { withOwnFields } from "@/lib/interchange/dagonstar/own-fields";
import { slugNames, toSlug } from "@/lib/interchange/dagonstar/slug-names";
import { slurmResources } from "@/lib/interchange/dagonstar/slurm-resources";
import { taskTypes, typeOf, whyUnrunnable } from "@/lib/interchange/dagonstar/task-kinds";
import {
  type DagonTask,
  type DagonTaskMap,
  type NamedTask,
  readTaskMap,
  wrongPlace,
} from "@/lib/interchange/dagonstar/task-map";
import { writtenReferences } from "@/lib/interchange/dagonstar/translate-command";
import { isRecord } from "@/lib/interchange/is-record";
import { readDefinition } from "@/lib/interchange/read-definition";
import { suggestName } from "@/lib/nearest-name";
import { command } from "@/lib/pipeline/define-pipeline";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

/**
 * Makes a pipeline of a DAGonStar task map. Names become slugs; nexts, prevs and references become edges; what has no
 * place in a pipeline is kept in `extra.dagonstar`, so that an export writes it back. Tasks that cannot run here are
 * labelled `unrunnable`.
 * @param about.id  the id of the pipeline, in place of the slug of its name
 * @throws {NereusError} import-invalid with the place in the file, definition-invalid
 */
export function importTaskMap(
  document: unknown,
  about: { readonly file: string; readonly id?: string },
): PipelineDefinition {
  const map = readTaskMap(document, about.file);
  const { nereus: own, ...base } = baseDefinition(map, about.file);
  const whole = withOwnFields(base, own);
  return readDefinition({ ...whole, ...(about.id === undefined ? {} : { id: about.id }) }, about.file);
}

/** What the map says without what an export of ours added under `nereus`; that is handed on beside it. */
export function baseDefinition(map: DagonTaskMap, file: string): BaseDefinition {
  const { tasks, nereus, ...rest } = map;
  const entries = Object.entries(tasks).map(([key, { nereus: own, ...task }]): NamedTask => {
    return { key, name: task.name ?? key, task, own };
  });
  const slugs = slugNames(entries.map(({ name }) => name));
  const edges = findEdges(map.name, entries, file);
  const nodes = entries.map((entry) => {
    const after = (edges.get(entry.name)?.after ?? []).map((name) => slugs.get(name) ?? name);
    return withOwnFields(baseNode(entry, { file, slugs, after, workflow: map.name }), entry.own);
  });
  return {
    ...{ id: toSlug(map.name), title: { en: map.name, it: map.name }, kind: "on-demand", input: { type: "object" } },
    ...{ checks: [], products: [], nodes: inOrder(nodes, nereus) },
    extra: { dagonstar: rest },
    nereus,
  };
}

type BaseDefinition = Readonly<Record<string, unknown>> & {
  readonly nodes: readonly BaseNode[];
  readonly nereus: unknown;
};
type BaseNode = Readonly<Record<string, unknown>>;
type Context = {
  readonly file: string;
  readonly slugs: ReadonlyMap<string, string>;
  readonly after: readonly string[];
  readonly workflow: string;
};

function baseNode({ key, name, task }: NamedTask, context: Context): BaseNode {
  const type = typeOf(task.type ?? "batch");
  if (!taskTypes.includes(type)) {
    const problem = `“${task.type}” is no type of task.${suggestName(type, taskTypes)}`;
    throw wrongPlace(context.file, ["tasks", key, "type"], problem);
  }
  const text = importCommand(task.command, context);
  const resources = type === "slurm" ? { pool: "compute", ...slurmResources(task) } : {};
  const id = context.slugs.get(name) ?? name;
  const why = whyUnrunnable(type) ?? whyElsewhere(task) ?? whyOtherRun(text);
  return {
    ...command(id, { command: text, after: context.after, ...resources }),
    ...(why === null ? {} : { unrunnable: why }),
    extra: { dagonstar: { key, task } },
  };
}

function whyElsewhere(task: DagonTask): string | null {
  const isRemote = task.type?.toLowerCase().includes("remote") || typeof task.ip === "string";
  return isRemote ? "it runs on another host over SSH; give it the pool of a site there" : null;
}

function whyOtherRun(text: string): string | null {
  const other = writtenReferences(text).find(({ workflow }) => workflow !== "");
  return other === undefined ? null : `it reads files of another workflow, ${other.workflow}`;
}

/** Keys of JSON objects that look like numbers lose their order; an export tells it then. */
function inOrder(nodes: readonly BaseNode[], own: unknown): readonly BaseNode[] {
  const order = isRecord(own) && Array.isArray(own.order) ? own.order : null;
  if (order === null) return nodes;
  return [...nodes].sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
}
