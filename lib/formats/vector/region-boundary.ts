import { bandVertices } from "@/lib/formats/vector/band-vertices";
import { clipSquare } from "@/lib/formats/vector/clip-square";
import type { Band, NodeField } from "@/lib/formats/vector/node-field";

/** The directed edges around a region, the region on their left: from each vertex to one or, where corners touch, two. */
export type Boundary = ReadonlyMap<number, readonly number[]>;

/**
 * The boundary of all that lies in a band, in the squares of which all four nodes have values: a square next to a missing
 * value belongs to no region, so that fill is never mixed in. Edges between two squares of the region cancel.
 */
export function regionBoundary(
  field: NodeField,
  band: Band,
): { readonly boundary: Boundary; readonly vertices: ReturnType<typeof bandVertices> } {
  const vertices = bandVertices(field, band);
  const cover = coverOf(field, band);
  const boundary = new Map<number, number[]>();
  const { nX, nY } = field;
  for (let y = 0; y < nY - 1; y += 1)
    for (let x = 0; x < nX - 1; x += 1) {
      const node = y * nX + x;
      if (cover[node] === partly)
        for (const part of clipSquare(field, node, { band, vertices })) addRing(boundary, part);
      if (cover[node] !== wholly) continue;
      const [southWest, southEast] = [vertices.node(node), vertices.node(node + 1)];
      const [northWest, northEast] = [vertices.node(node + nX), vertices.node(node + nX + 1)];
      if (y === 0 || cover[node - nX] !== wholly) addEdge(boundary, southWest, southEast);
      if (cover[node + 1] !== wholly) addEdge(boundary, southEast, northEast);
      if (cover[node + nX] !== wholly) addEdge(boundary, northEast, northWest);
      if (x === 0 || cover[node - 1] !== wholly) addEdge(boundary, northWest, southWest);
    }
  return { boundary, vertices };
}

const [nowhere, partly, wholly] = [0, 1, 2];

/** By south-western node: whether the square lies in the band; the last row and column start none. */
function coverOf({ nX, nY, values }: NodeField, { from, below }: Band): Uint8Array {
  const cover = new Uint8Array(nX * nY);
  for (let y = 0; y < nY - 1; y += 1)
    for (let x = 0; x < nX - 1; x += 1) {
      const node = y * nX + x;
      const [a = Number.NaN, b = Number.NaN] = [values[node], values[node + 1]];
      const [c = Number.NaN, d = Number.NaN] = [values[node + nX], values[node + nX + 1]];
      const [least, most] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
      if (least >= from && most < below) cover[node] = wholly;
      else cover[node] = most >= from && least < below ? partly : nowhere;
    }
  return cover;
}

function addRing(boundary: Map<number, number[]>, ring: readonly number[]): void {
  ring.forEach((vertex, at) => {
    addEdge(boundary, vertex, ring[(at + 1) % ring.length] ?? vertex);
  });
}

function addEdge(boundary: Map<number, number[]>, start: number, end: number): void {
  const back = boundary.get(end);
  const opposite = back?.indexOf(start) ?? -1;
  if (back !== undefined && opposite >= 0) {
    if (back.length === 1) boundary.delete(end);
    else back.splice(opposite, 1);
    return;
  }
  const ends = boundary.get(start);
  if (ends === undefined) boundary.set(start, [end]);
  else ends.push(end);
}
