import type { IndexPoint, NodeField } from "@/lib/formats/vector/node-field";
import { type Boundary, regionBoundary } from "@/lib/formats/vector/region-boundary";
import { takeEdge } from "@/lib/formats/vector/take-edge";

/** A line of one value in index space; a closed one ends at its first point. */
export type Isoline = readonly IndexPoint[];

/**
 * The lines along which a field has a value, higher values on their left: the boundary of all that is as high without the
 * parts that run along the rim of the data.
 */
export function isolines(field: NodeField, level: number): readonly Isoline[] {
  const { boundary, vertices } = regionBoundary(field, { from: level, below: Number.POSITIVE_INFINITY });
  const open = new Map<number, number[]>();
  const ways = new Map<number, number>();
  for (const [start, end] of edgesOf(boundary)) {
    if (vertices.valueOf(start) !== level || vertices.valueOf(end) !== level) continue;
    if (!hasLowSide(field, vertices.pointOf(start), vertices.pointOf(end))) continue;
    open.set(start, [...(open.get(start) ?? []), end]);
    ways.set(start, (ways.get(start) ?? 0) + 1);
    ways.set(end, (ways.get(end) ?? 0) - 1);
  }
  // Lines that begin somewhere first; what is left then is closed.
  const starts = [...[...open.keys()].filter((start) => (ways.get(start) ?? 0) > 0), ...open.keys()];
  return starts.flatMap((start) => (open.has(start) ? [follow(open, start, vertices.pointOf)] : []));
}

function* edgesOf(boundary: Boundary): Generator<readonly [number, number]> {
  for (const [start, ends] of boundary) for (const end of ends) yield [start, end];
}

/** On the right of an edge between two squares lies lower ground; along the rim of the data lies nothing. */
function hasLowSide({ nX, nY, values }: NodeField, start: IndexPoint, end: IndexPoint): boolean {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const isAlongGrid = (dx === 0 && Number.isInteger(start[0])) || (dy === 0 && Number.isInteger(start[1]));
  if (!isAlongGrid) return true;
  const x = Math.floor((start[0] + end[0]) / 2 + Math.sign(dy) / 2);
  const y = Math.floor((start[1] + end[1]) / 2 - Math.sign(dx) / 2);
  if (x < 0 || y < 0 || x >= nX - 1 || y >= nY - 1) return false;
  return [0, 1, nX, nX + 1].every((step) => !Number.isNaN(values[y * nX + x + step] ?? Number.NaN));
}

function follow(
  open: Map<number, number[]>,
  start: number,
  pointOf: (vertex: number) => IndexPoint,
): readonly IndexPoint[] {
  const line = [start];
  for (;;) {
    const here = line.at(-1) ?? start;
    const next = takeEdge(open, [line.at(-2), here], pointOf);
    if (next === null) break;
    line.push(next);
    if (next === start) break;
  }
  return line.map(pointOf);
}
