import dagre from "@dagrejs/dagre";
import type { EdgeView, NodeView } from "@/lib/dag/run-view";

type Point = { readonly x: number; readonly y: number };

export type PlacedNode = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** An edge and the points it passes, from the right side of its source to the left side of its target. */
export type PlacedEdge = { readonly edge: EdgeView; readonly points: readonly Point[] };

const singleHeight = 34;
const mappedHeight = 52;
const squareWidth = 21;
/** Above this many tasks squares would be too small; counts take their place. */
export const mostSquares = 14;

type Layout = { readonly nodes: readonly PlacedNode[]; readonly edges: readonly PlacedEdge[] };

/** Places the steps from left to right; sizes follow the names and the number of tasks. Pixels, top left corners. */
export function layoutGraph(nodes: readonly NodeView[], edges: readonly EdgeView[]): Layout {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 22, ranksep: 104, edgesep: 26, marginx: 20, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node));
  for (const edge of edges) graph.setEdge(edge.from, edge.to);
  dagre.layout(graph);
  const placed = nodes.map((node) => {
    const { x, y } = graph.node(node.id);
    const { width, height } = sizeOf(node);
    return { id: node.id, x: x - width / 2, y: y - height / 2, width, height };
  });
  const routed = edges.map((edge) => {
    const from = graph.node(edge.from);
    const to = graph.node(edge.to);
    const between = graph.edge(edge.from, edge.to).points.slice(1, -1);
    const points = [{ x: from.x + from.width / 2, y: from.y }, ...between, { x: to.x - to.width / 2, y: to.y }];
    return { edge, points };
  });
  return { nodes: placed, edges: routed };
}

function sizeOf(node: NodeView): { width: number; height: number } {
  const name = 68 + node.id.length * 8;
  if (node.tasksTotal <= 1) return { width: Math.max(110, name), height: singleHeight };
  const squares = node.tasksTotal <= mostSquares ? node.tasksTotal * squareWidth + 18 : 150;
  return { width: Math.max(120, name, squares), height: mappedHeight };
}
