import type { Band, IndexPoint, NodeField } from "@/lib/formats/vector/node-field";

/**
 * Numbers for the points where a band's boundary can bend, so that two cells that share a point know it as the same: nodes,
 * crossings of a level on the edge between two nodes, and the same for the middle of a saddle. The last bit says which level.
 */
export type BandVertices = {
  node(node: number): number;
  /** On the edge from a node to its eastern or northern neighbour. */
  crossing(edge: "east" | "north", node: number, level: Level): number;
  /** The middle of the square whose south-western node is given. */
  middle(node: number): number;
  /** On the edge from corner 0 to 3 of a square to its middle. */
  spoke(node: number, corner: number, level: Level): number;
  /** The value there: that of the node or the middle, else the level that is crossed. */
  valueOf(vertex: number): number;
  pointOf(vertex: number): IndexPoint;
};

/** Which end of the band: 0 = `from`, 1 = `below`. */
export type Level = 0 | 1;

/** Numbering for one field and band. Positions are linear between the two values of an edge. */
export function bandVertices(field: NodeField, { from, below }: Band): BandVertices {
  const { nX, nY, values } = field;
  const nodes = nX * nY;
  const at = (node: number): number => values[node] ?? Number.NaN;
  const levelOf = (vertex: number): number => (vertex % 2 === 0 ? from : below);
  const share = (vertex: number, start: number, end: number): number => (levelOf(vertex) - start) / (end - start);

  const pointOf = (vertex: number): IndexPoint => {
    const key = Math.floor(vertex / 2);
    const kind = Math.min(4, Math.floor(key / nodes));
    const node = kind === 4 ? Math.floor((key - 4 * nodes) / 4) : key % nodes;
    const [x, y] = [node % nX, Math.floor(node / nX)];
    if (kind === 0) return [x, y];
    if (kind === 1) return [x + share(vertex, at(node), at(node + 1)), y];
    if (kind === 2) return [x, y + share(vertex, at(node), at(node + nX))];
    if (kind === 3) return [x + 0.5, y + 0.5];
    const [dx, dy] = cornerOffsets[(key - 4 * nodes) % 4] ?? [0, 0];
    const along = share(vertex, at(node + dx + dy * nX), middleValue(field, node));
    return [x + dx + along * (0.5 - dx), y + dy + along * (0.5 - dy)];
  };
  return {
    node: (node) => 2 * node,
    crossing: (edge, node, level) => 2 * (nodes * (edge === "east" ? 1 : 2) + node) + level,
    middle: (node) => 2 * (3 * nodes + node),
    spoke: (node, corner, level) => 2 * (4 * nodes + 4 * node + corner) + level,
    valueOf: (vertex) => {
      const key = Math.floor(vertex / 2);
      if (key < nodes) return at(key);
      return key >= 3 * nodes && key < 4 * nodes ? middleValue(field, key - 3 * nodes) : levelOf(vertex);
    },
    pointOf,
  };
}

/** Corners of a square against the clock from the south-west, as steps east and north. */
export const cornerOffsets = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** The value in the middle of a square: the mean of its corners, as bilinear interpolation has it. */
export function middleValue({ nX, values }: NodeField, node: number): number {
  const sum = cornerOffsets.reduce((total, [dx, dy]) => total + (values[node + dx + dy * nX] ?? Number.NaN), 0);
  return sum / 4;
}
