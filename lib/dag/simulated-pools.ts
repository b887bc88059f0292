import type { DagTask } from "@/lib/dag/dag-state";
import type { Graph, GraphNode } from "@/lib/dag/graph";

/**
 * The slots of a host on virtual time. Tasks are claimed as the database does it: by priority, then by the time since which
 * they are ready, then by position; the first that does not fit lets none pass. A task that wants more than its pool has
 * takes all of it.
 * Source: drizzle/functions/claim.sql.
 */
export class SimulatedPools {
  readonly #graph: Graph;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #ready = new Map<string, Ready[]>();
  readonly #unsorted = new Set<string>();
  readonly #taken = new Map<string, number>();

  /** @param slots  by pool; one that is not named has no limit */
  constructor(graph: Graph, slots: ReadonlyMap<string, number>) {
    this.#graph = graph;
    this.#slots = slots;
  }

  add(task: DagTask, sinceSeconds: number): void {
    const node = this.#graph.byId.get(task.nodeId);
    if (node === undefined) return;
    const waiting = this.#ready.get(node.pool) ?? [];
    waiting.push({ task, node, sinceSeconds });
    this.#ready.set(node.pool, waiting);
    this.#unsorted.add(node.pool);
  }

  /** Takes what fits. */
  claim(): readonly DagTask[] {
    return [...this.#ready.keys()].flatMap((pool) => this.#claimOf(pool));
  }

  /** Gives back the slots of a task that was claimed. */
  free(task: DagTask): void {
    const node = this.#graph.byId.get(task.nodeId);
    if (node) this.#taken.set(node.pool, (this.#taken.get(node.pool) ?? 0) - this.#wanted(node));
  }

  #claimOf(pool: string): readonly DagTask[] {
    const all = this.#slots.get(pool) ?? Number.POSITIVE_INFINITY;
    let taken = this.#taken.get(pool) ?? 0;
    const waiting = this.#ready.get(pool) ?? [];
    if (waiting.length === 0 || taken >= all) return [];
    if (this.#unsorted.delete(pool)) waiting.sort(byTurn);
    const stop = waiting.findIndex(({ node }) => {
      const isFull = taken + this.#wanted(node) > all;
      if (!isFull) taken += this.#wanted(node);
      return isFull;
    });
    const claimed = waiting.splice(0, stop < 0 ? waiting.length : stop);
    this.#taken.set(pool, taken);
    return claimed.map(({ task }) => task);
  }

  #wanted({ pool, cpus }: GraphNode): number {
    return Math.min(cpus, this.#slots.get(pool) ?? Number.POSITIVE_INFINITY);
  }
}

type Ready = { readonly task: DagTask; readonly node: GraphNode; readonly sinceSeconds: number };

const byTurn = (one: Ready, other: Ready): number =>
  other.node.priority - one.node.priority ||
  one.sinceSeconds - other.sinceSeconds ||
  one.task.position - other.task.position;
