import type { IndexPoint } from "@/lib/formats/vector/node-field";

/**
 * Takes the edge that goes on from a vertex out of those that are left; of two the sharpest turn to the left.
 * @param way  the vertex before and the one that is left now
 * @returns where it ends; null where none begins
 */
export function takeEdge(
  open: Map<number, number[]>,
  [before, here]: readonly [number | undefined, number],
  pointOf: (vertex: number) => IndexPoint,
): number | null {
  const ends = open.get(here) ?? [];
  const sharpest = ends.length < 2 || before === undefined ? 0 : leftmost(ends, [before, here], pointOf);
  const [next] = ends.splice(sharpest, 1);
  if (ends.length === 0) open.delete(here);
  return next ?? null;
}

function leftmost(
  ends: readonly number[],
  [before, here]: readonly [number, number],
  pointOf: (vertex: number) => IndexPoint,
): number {
  const [start, middle] = [pointOf(before), pointOf(here)];
  const heading = Math.atan2(middle[1] - start[1], middle[0] - start[0]);
  const turns = ends.map((end) => {
    const point = pointOf(end);
    const turn = Math.atan2(point[1] - middle[1], point[0] - middle[0]) - heading;
    return turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
  });
  return turns.indexOf(Math.max(...turns));
}
