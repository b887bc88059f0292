"use client";
import { useTranslations } from "next-intl";
import { StateChip } from "@/app/_ui/state-chip";
import { type Column, Table } from "@/app/_ui/table";
import type { NodeView, RunView } from "@/lib/dag/run-view";

type Props = { run: RunView; selected: string; onSelect: (nodeId: string) => void };

/** The graph in words: each step, its state and why, what it waits for. */
export function NodeTable({ run, selected, onSelect }: Props) {
  const t = useTranslations("runs");
  const columns: readonly Column<NodeView>[] = [
    {
      key: "node",
      title: t("node"),
      cell: (node) => (
        <button type="button" onClick={() => onSelect(node.id)} className="link min-h-6">
          {node.id}
        </button>
      ),
    },
    { key: "kind", title: t("kind"), cell: (node) => t(`kinds.${node.kind}`) },
    { key: "state", title: t("state"), cell: (node) => <StateChip state={node.state} /> },
    {
      key: "progress",
      title: t("progress"),
      isNumber: true,
      cell: (node) => t("tasks", { done: node.tasksDone, total: node.tasksTotal }),
    },
    {
      key: "inputs",
      title: t("inputs"),
      cell: (node) =>
        run.edges
          .filter((edge) => edge.to === node.id)
          .map((edge) => (edge.streaming ? `${edge.from} (${t("streams")})` : edge.from))
          .join(", "),
    },
    { key: "reason", title: t("reason"), cell: (node) => node.reason ?? "" },
  ];
  return (
    <div className="bg-surface">
      <Table
        caption={t("graphLabel")}
        columns={columns}
        rows={run.nodes}
        rowKey={(node) => node.id}
        isSelected={(node) => node.id === selected}
      />
    </div>
  );
}
