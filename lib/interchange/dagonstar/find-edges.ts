import { type DagonTask, type NamedTask, wrongPlace } from "@/lib/interchange/dagonstar/task-map";
import { type WrittenReference, writtenReferences } from "@/lib/interchange/dagonstar/translate-command";
import type { JsonPath } from "@/lib/interchange/json-place";
import { suggestName } from "@/lib/nearest-name";

export type TaskEdges = {
  /** Tasks whose files its command names, by their own names. */
  readonly reads: ReadonlySet<string>;
  /** Tasks that it only waits for. */
  readonly after: readonly string[];
};

/**
 * The edges of a task map by the name of the consumer: what prevs and nexts say, and what references anywhere in a task
 * say. A prev that only names a task of another workflow, as DAGonStar writes for references there, is none.
 * @throws {NereusError} import-invalid for a name that no task has, with its place
 */
export function findEdges(
  workflow: string,
  entries: readonly NamedTask[],
  file: string,
): ReadonlyMap<string, TaskEdges> {
  const names = new Set(entries.map(({ name }) => name));
  const demand = (name: string, path: JsonPath, where = ""): void => {
    if (!names.has(name))
      throw wrongPlace(file, path, `${where}there is no task “${name}”.${suggestName(name, [...names])}`);
  };
  const waits = new Map(entries.map(({ name }) => [name, new Set<string>()]));
  const reads = new Map(entries.map(({ name }) => [name, new Set<string>()]));
  for (const { key, name, task } of entries) {
    const others = new Set<string>();
    for (const { reference, path } of referencesOf(task)) {
      const isOwn = reference.workflow === "" || reference.workflow === workflow;
      if (!isOwn) {
        others.add(reference.task);
        continue;
      }
      demand(reference.task, ["tasks", key, ...path], `${reference.place}: `);
      (path[0] === "command" ? reads : waits).get(name)?.add(reference.task);
    }
    for (const [index, prev] of (task.prevs ?? []).entries()) {
      if (!names.has(prev) && others.has(prev)) continue;
      demand(prev, ["tasks", key, "prevs", index]);
      waits.get(name)?.add(prev);
    }
    for (const [index, next] of (task.nexts ?? []).entries()) {
      demand(next, ["tasks", key, "nexts", index]);
      waits.get(next)?.add(name);
    }
  }
  return new Map(
    entries.map(({ name }) => [name, edgesOf(reads.get(name) ?? new Set(), waits.get(name) ?? new Set())]),
  );
}

const edgesOf = (reads: ReadonlySet<string>, waits: ReadonlySet<string>): TaskEdges => ({
  reads,
  after: [...waits].filter((name) => !reads.has(name)),
});

type Found = { readonly reference: WrittenReference; readonly path: JsonPath };

/** References in every text of a task: in its command, and in what other types call inputs, prompts or specifications. */
function referencesOf(task: DagonTask): readonly Found[] {
  const found: Found[] = [];
  const open: { readonly value: unknown; readonly path: JsonPath }[] = [{ value: task, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "string") for (const reference of writtenReferences(value)) found.push({ reference, path });
    else if (Array.isArray(value))
      value.forEach((member, index) => void open.push({ value: member, path: [...path, index] }));
    else if (typeof value === "object" && value !== null)
      for (const [key, member] of Object.entries(value)) open.push({ value: member, path: [...path, key] });
  }
  return found;
}
