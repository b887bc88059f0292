import { topologicalOrder } from "@/lib/dag/topological-order";

/**
 * Names that wait for each other, first and last the same, or null. Iterative: a chain of any length is fine.
 * @param upstreamOf  what each name waits for; names that are no key count as nothing
 */
export function findRing<Name extends string>(upstreamOf: ReadonlyMap<Name, readonly Name[]>): readonly Name[] | null {
  const left = new Set(upstreamOf.keys());
  for (const name of topologicalOrder(upstreamOf)) left.delete(name);
  const start = left.values().next().value;
  if (start === undefined) return null;
  // Every name that is left waits for one that is left, so walking upstream must come back.
  const path: Name[] = [];
  const placeOf = new Map<Name, number>();
  let at: Name | undefined = start;
  while (at !== undefined && !placeOf.has(at)) {
    placeOf.set(at, path.length);
    path.push(at);
    at = upstreamOf.get(at)?.find((name) => left.has(name));
  }
  return at === undefined ? null : [...path.slice(placeOf.get(at)), at].reverse();
}
