import type { Changes, DagState } from "@/lib/dag/dag-state";
import type { TaskState } from "@/lib/dag/state";
import type { NodeId, ProductId } from "@/lib/ids";

/** A product of which a decision makes something again that is published already. */
export type RedoneProduct = {
  readonly product: ProductId;
  /** Nodes whose published parts stay as they are; a new publication would lack them. */
  readonly kept: readonly NodeId[];
};

/**
 * Products that a decision publishes anew: a task that had published is done again, or others take its place. Trying again
 * what never published is none of it.
 */
export function redoneProducts(state: DagState, changes: Changes): readonly RedoneProduct[] {
  const again = new Set(changes.supersededTasks);
  for (const { id, generation } of changes.tasks)
    if (generation > (state.tasks.get(id)?.generation ?? generation)) again.add(id);
  const redone = new Set<ProductId>();
  const kept = new Map<ProductId, Set<NodeId>>();
  for (const task of state.tasks.values()) {
    const product = state.graph.byId.get(task.nodeId)?.product ?? null;
    if (product === null || !hasPart(task.state)) continue;
    if (again.has(task.id)) {
      if (task.state === "completed") redone.add(product);
    } else kept.set(product, (kept.get(product) ?? new Set()).add(task.nodeId));
  }
  return [...redone].map((product) => ({ product, kept: [...(kept.get(product) ?? [])] }));
}

/** It has published its part, or does so under the place that its job was told. */
const hasPart = (state: TaskState): boolean => ["completed", "staging", "submitted", "running"].includes(state);
