import type { DagonTask } from "@/lib/interchange/dagonstar/task-map";
import { isRecord } from "@/lib/interchange/is-record";
import type { NodeDefinition } from "@/lib/pipeline/definition";

/** How a node is called in a task map, and what an import kept of its task. */
export type ExportName = { readonly key: string; readonly name: string; readonly kept: DagonTask | null };

/** Key and name of each node by its id: those which it came with, else its id; none twice. */
export function exportNames(nodes: readonly NodeDefinition[]): ReadonlyMap<string, ExportName> {
  const keys = new Set<string>();
  const names = new Set<string>();
  return new Map(
    nodes.map((node) => {
      const imported = importedFrom(node);
      const name = free([imported?.name ?? node.id, node.id], names);
      const key = free([imported?.name === name ? imported.key : name, name], keys);
      return [node.id, { key, name, kept: imported?.task ?? null }] as const;
    }),
  );
}

type Imported = { readonly key: string; readonly name: string; readonly task: DagonTask };

function importedFrom({ extra }: NodeDefinition): Imported | null {
  const kept = extra?.dagonstar;
  if (!isRecord(kept) || typeof kept.key !== "string" || !isRecord(kept.task)) return null;
  const { key, task } = kept;
  return { key, name: typeof task.name === "string" ? task.name : key, task };
}

function free(wishes: readonly [string, string], taken: Set<string>): string {
  let name = wishes.find((wish) => !taken.has(wish)) ?? wishes[1];
  while (taken.has(name)) name = `${name}_`;
  taken.add(name);
  return name;
}
