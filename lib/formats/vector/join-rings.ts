import type { IndexPoint, IndexRing } from "@/lib/formats/vector/node-field";
import type { Boundary } from "@/lib/formats/vector/region-boundary";
import { takeEdge } from "@/lib/formats/vector/take-edge";

/**
 * Closed rings from directed edges. Where two corners of a region touch in a point, the sharpest turn to the left parts
 * them, and a ring that comes back to one of its points is cut there: no ring touches itself.
 */
export function joinRings(boundary: Boundary, pointOf: (vertex: number) => IndexPoint): readonly IndexRing[] {
  const open = new Map([...boundary].map(([start, ends]) => [start, [...ends]]));
  const rings: IndexRing[] = [];
  for (const first of boundary.keys())
    while (open.has(first)) for (const ring of walk(open, first, pointOf)) rings.push(ring.map(pointOf));
  return rings;
}

function walk(
  open: Map<number, number[]>,
  first: number,
  pointOf: (vertex: number) => IndexPoint,
): readonly (readonly number[])[] {
  const rings: number[][] = [];
  const path = [first];
  const places = new Map([[first, 0]]);
  for (let here = first; ; ) {
    const next = takeEdge(open, [path.at(-2), here], pointOf);
    if (next === null) return rings;
    const earlier = places.get(next);
    if (earlier === undefined) {
      places.set(next, path.length);
      path.push(next);
    } else {
      const ring = path.splice(earlier);
      for (const vertex of ring) places.delete(vertex);
      rings.push(ring);
      if (earlier === 0) return rings;
      places.set(next, path.length);
      path.push(next);
    }
    here = next;
  }
}
