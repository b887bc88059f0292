import { graphEdges, saysEdges } from "@/lib/interchange/dagonstar/export-edges";
import { type ExportName, exportNames } from "@/lib/interchange/dagonstar/export-names";
import { baseDefinition } from "@/lib/interchange/dagonstar/import-task-map";
import { ownFields } from "@/lib/interchange/dagonstar/own-fields";
import { slugNames } from "@/lib/interchange/dagonstar/slug-names";
import type { DagonTask, DagonTaskMap } from "@/lib/interchange/dagonstar/task-map";
import { taskOfNode } from "@/lib/interchange/dagonstar/task-of-node";
import { isRecord } from "@/lib/interchange/is-record";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { PipelineDefinition } from "@/lib/pipeline/definition";

type Json = Readonly<Record<string, unknown>>;

/**
 * A pipeline as a DAGonStar task map. What it was imported from is written back field by field; what DAGonStar has no
 * word for stands under `nereus`, so that `importTaskMap` makes the same pipeline of it again.
 */
export function exportTaskMap(definition: PipelineDefinition): Json {
  const names = exportNames(definition.nodes);
  const asKept = writeMap(definition, names, { keepEdges: true });
  const map = saysEdges(asKept, definition, names) ? asKept : writeMap(definition, names, { keepEdges: false });
  const { nodes: bases, nereus: _none, ...base } = baseDefinition(map, definition.id);
  const baseOf = new Map(Object.keys(map.tasks).map((key, index) => [key, bases[index] ?? {}]));
  const { nodes, ...whole } = definition;
  const tasks = nodes.map((node): readonly [string, Json] => {
    const { key } = nameOf(names, node.id);
    return [key, withOwn(map.tasks[key] ?? {}, ownFields(baseOf.get(key) ?? {}, node))];
  });
  const order = isKept(tasks.map(([key]) => key)) ? undefined : { order: nodes.map(({ id }) => id) };
  const own = ownFields(base, whole);
  return withOwn({ ...map, tasks: Object.fromEntries(tasks) }, own || order ? { ...own, ...order } : undefined);
}

const withOwn = (fields: Json, own: Json | undefined): Json =>
  own === undefined ? fields : { ...fields, nereus: own };

/** False when JSON puts the keys in another order: those that look like numbers come first. */
const isKept = (keys: readonly string[]): boolean =>
  canonicalJson(Object.keys(Object.fromEntries(keys.map((key) => [key, 0])))) === canonicalJson(keys);

type Names = ReadonlyMap<string, ExportName>;

/** Every node has one. */
const nameOf = (names: Names, id: string): ExportName => names.get(id) ?? { key: id, name: id, kept: null };

function writeMap(definition: PipelineDefinition, names: Names, how: { readonly keepEdges: boolean }): DagonTaskMap {
  const kept = definition.extra?.dagonstar;
  const head = isRecord(kept) ? kept : { id: 0, host: "localhost" };
  const workflow = typeof head.name === "string" ? head.name : definition.id;
  const edges = graphEdges(definition, names);
  const slugs = slugNames(definition.nodes.map(({ id }) => nameOf(names, id).name));
  const tasks = definition.nodes.map((node): readonly [string, DagonTask] => {
    const named = nameOf(names, node.id);
    const isLeft = how.keepEdges && named.kept !== null;
    const written = isLeft ? null : (edges.get(node.id) ?? null);
    return [named.key, taskOfNode(node, { names, slugs, named, workflow, edges: written })];
  });
  return { ...head, name: workflow, tasks: Object.fromEntries(tasks) };
}
