import type { IndexPoint, IndexPolygon, IndexRing } from "@/lib/formats/vector/node-field";

type Edge = { readonly ring: number; readonly start: IndexPoint; readonly end: IndexPoint };

/**
 * Polygons with their holes from the rings of one region. Rings against the clock are outer ones, the others holes; the ring
 * that is met first on the way west from a hole belongs to the same polygon.
 */
export function nestRings(rings: readonly IndexRing[]): readonly IndexPolygon[] {
  const areas = rings.map(signedArea);
  const rows = edgesByRow(rings);
  const parents = new Map<number, number | null>();
  const parentOf = (ring: number): number | null => {
    if ((areas[ring] ?? 0) > 0) return ring;
    const known = parents.get(ring);
    if (known !== undefined) return known;
    const met = ringWestOf(ring, rings[ring] ?? [], rows);
    const parent = met === null ? null : parentOf(met);
    parents.set(ring, parent);
    return parent;
  };
  const holes = new Map<number, IndexRing[]>();
  rings.forEach((ring, at) => {
    if ((areas[at] ?? 0) >= 0) return;
    const parent = parentOf(at);
    if (parent !== null) holes.set(parent, [...(holes.get(parent) ?? []), ring]);
  });
  return rings.flatMap((outer, at) => ((areas[at] ?? 0) > 0 ? [{ outer, holes: holes.get(at) ?? [] }] : []));
}

function signedArea(ring: IndexRing): number {
  let twice = 0;
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  });
  return twice / 2;
}

/** Every edge lies in one square, so in one row of squares. */
function edgesByRow(rings: readonly IndexRing[]): ReadonlyMap<number, readonly Edge[]> {
  const rows = new Map<number, Edge[]>();
  rings.forEach((points, ring) => {
    points.forEach((start, at) => {
      const end = points[(at + 1) % points.length] ?? start;
      if (start[1] === end[1]) return;
      const row = Math.floor((start[1] + end[1]) / 2);
      const edges = rows.get(row);
      if (edges === undefined) rows.set(row, [{ ring, start, end }]);
      else edges.push({ ring, start, end });
    });
  });
  return rows;
}

/** From an edge of the hole that has the region in its west: the nearest ring there but itself. */
function ringWestOf(ring: number, points: IndexRing, rows: ReadonlyMap<number, readonly Edge[]>): number | null {
  const start = points.findIndex(([, y], at) => (points[(at + 1) % points.length]?.[1] ?? y) > y);
  const [from, to] = [points[start], points[(start + 1) % points.length]];
  if (from === undefined || to === undefined) return null;
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  let [nearest, nearestX]: [number | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const edge of rows.get(Math.floor(y)) ?? []) {
    const [low, high] = edge.start[1] < edge.end[1] ? [edge.start, edge.end] : [edge.end, edge.start];
    if (edge.ring === ring || y < low[1] || y >= high[1]) continue;
    const meets = low[0] + ((high[0] - low[0]) * (y - low[1])) / (high[1] - low[1]);
    if (meets < x && meets > nearestX) [nearest, nearestX] = [edge.ring, meets];
  }
  return nearest;
}
