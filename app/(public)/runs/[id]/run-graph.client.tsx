"use client";
import "@xyflow/react/dist/style.css";
import {
  BaseEdge,
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useTranslations } from "next-intl";
import { StateSquare } from "@/app/_ui/state-chip";
import { KindIcon } from "@/app/(public)/runs/[id]/kind-icon";
import { layoutGraph, mostSquares, type PlacedEdge } from "@/app/(public)/runs/[id]/layout-graph";
import type { NodeView, RunView, TaskView } from "@/lib/dag/run-view";

type Props = { run: RunView; selected: string; onSelect: (nodeId: string) => void };
type StepData = { node: NodeView; tasks: readonly TaskView[]; isChosen: boolean; onSelect: (nodeId: string) => void };
type StepNode = Node<StepData, "step">;

type RoutedEdge = Edge<{ points: PlacedEdge["points"] }, "routed">;

const nodeTypes = { step: Step };
const edgeTypes = { routed: Routed };

/** Steps from left to right; a dashed edge streams while its producer runs. */
export function RunGraph({ run, selected, onSelect }: Props) {
  const t = useTranslations("runs");
  const placed = layoutGraph(run.nodes, run.edges);
  const height = Math.max(180, ...placed.nodes.map((one) => one.y + one.height + 24));
  const nodes: StepNode[] = placed.nodes.flatMap(({ id, x, y, width, height: nodeHeight }) => {
    const node = run.nodes.find((one) => one.id === id);
    if (!node) return [];
    const tasks = run.tasks.filter((task) => task.nodeId === id);
    const data = { node, tasks, isChosen: id === selected, onSelect };
    return [{ id, type: "step" as const, position: { x, y }, width, height: nodeHeight, data }];
  });
  const edges: RoutedEdge[] = placed.edges.map(({ edge, points }) => ({
    type: "routed",
    data: { points },
    id: `${edge.from}>${edge.to}`,
    source: edge.from,
    target: edge.to,
    ...(edge.streaming ? { label: t("streams") } : {}),
    labelStyle: { fill: "var(--run-text)", fontSize: 11 },
    labelBgStyle: { fill: "var(--bg)" },
    style: edge.streaming
      ? { stroke: "var(--run)", strokeWidth: 1.75, strokeDasharray: "5 4" }
      : { stroke: "var(--line-field)", strokeWidth: 1.25 },
  }));
  return (
    <section aria-label={t("graphLabel")} style={{ height: Math.min(height, 460) }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.04 }}
        minZoom={0.3}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      />
    </section>
  );
}

/** Passes the points of the layout, so that no edge runs behind a step; level at each of them. */
function Routed({ data, style, label, labelStyle, labelBgStyle }: EdgeProps<RoutedEdge>) {
  const points = data?.points ?? [];
  const path = points.map((point, index) => {
    const before = points[index - 1];
    if (!before) return `M${point.x},${point.y}`;
    const middle = (before.x + point.x) / 2;
    return `C${middle},${before.y} ${middle},${point.y} ${point.x},${point.y}`;
  });
  const [first, last] = [points[0], points.at(-1)];
  const at = first && last ? { labelX: (first.x + last.x) / 2, labelY: (first.y + last.y) / 2 } : {};
  return <BaseEdge path={path.join(" ")} {...{ style, label, labelStyle, labelBgStyle, ...at }} />;
}

function Step({ data }: NodeProps<StepNode>) {
  const { node, tasks, isChosen, onSelect } = data;
  const isMapped = node.tasksTotal > 1;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={() => onSelect(node.id)}
      className="nopan flex size-full flex-col justify-center gap-1 rounded-2 border border-line-2 bg-surface px-2 text-left text-sm hover:bg-surface-2 aria-pressed:border-accent aria-pressed:ring-1 aria-pressed:ring-accent"
    >
      <Handle type="target" position={Position.Left} className="!invisible" />
      <span className="flex items-center gap-1.5">
        {isMapped ? null : <StateSquare state={node.state} />}
        <KindIcon kind={node.kind} />
        <span className="truncate">{node.id}</span>
        {isMapped && tasks.length > mostSquares ? (
          <span className="ml-auto text-ink-3 text-xs">
            {node.tasksDone}/{node.tasksTotal}
          </span>
        ) : null}
      </span>
      {isMapped ? <Tasks node={node} tasks={tasks} /> : null}
      <Handle type="source" position={Position.Right} className="!invisible" />
    </button>
  );
}

/** One square per task up to fourteen, above that one bar. */
function Tasks({ node, tasks }: { node: NodeView; tasks: readonly TaskView[] }) {
  if (tasks.length <= mostSquares)
    return (
      <span className="flex gap-[3px]">
        {tasks.map((task) => (
          <StateSquare key={task.id} state={task.state} />
        ))}
      </span>
    );
  const share = node.tasksTotal === 0 ? 0 : node.tasksDone / node.tasksTotal;
  return (
    <span className="flex items-center gap-2">
      <StateSquare state={node.state} />
      <span className="h-2 flex-1 overflow-hidden rounded-1 bg-surface-3">
        <span className="block h-full bg-ok" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
