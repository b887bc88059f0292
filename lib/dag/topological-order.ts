import { PositionQueue } from "@/lib/dag/position-queue";

/**
 * Nodes in an order in which each comes after those that it waits for: always the ready one that stands first. Nodes on a
 * cycle, and those behind one, are left out. Iterative and linear but for the queue, so that any shape and length is fine.
 * @param upstreamOf  distinct nodes that each node waits for, by position; names that are no key count as nothing
 * Source: Kahn, Topological sorting of large networks, 1962.
 */
export function topologicalOrder<Name extends string>(upstreamOf: ReadonlyMap<Name, readonly Name[]>): readonly Name[] {
  const ids = [...upstreamOf.keys()];
  const positionOf = new Map(ids.map((id, position) => [id, position]));
  const consumers: number[][] = ids.map(() => []);
  const waitsFor = ids.map(() => 0);
  ids.forEach((id, position) => {
    for (const name of upstreamOf.get(id) ?? []) {
      const producer = positionOf.get(name);
      if (producer === undefined) continue;
      consumers[producer]?.push(position);
      waitsFor[position] = (waitsFor[position] ?? 0) + 1;
    }
  });
  const ready = new PositionQueue();
  waitsFor.forEach((count, position) => {
    if (count === 0) ready.add(position);
  });
  const order: Name[] = [];
  for (let at = ready.take(); at !== null; at = ready.take()) {
    order.push(...ids.slice(at, at + 1));
    for (const consumer of consumers[at] ?? []) {
      const count = (waitsFor[consumer] ?? 0) - 1;
      waitsFor[consumer] = count;
      if (count === 0) ready.add(consumer);
    }
  }
  return order;
}
