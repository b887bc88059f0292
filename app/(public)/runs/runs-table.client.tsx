"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_api/trpc.client";
import { EmptyBox } from "@/app/_ui/state-box";
import { StateChip } from "@/app/_ui/state-chip";
import { shownRunState } from "@/app/_ui/state-look";
import { type Column, Table } from "@/app/_ui/table";
import { LateLabel } from "@/app/(public)/runs/late-label.client";
import type { RunSummary } from "@/lib/dag/run-view";
import { formatDuration, formatLocal, formatUtc } from "@/lib/messages/format-time";

type Props = {
  initial: readonly RunSummary[];
  titles: Readonly<Record<string, string>>;
  pipelineId?: string;
  emptyText: string;
  emptyAct?: ReactNode;
};

/** Runs, newest first; looked at again every few seconds while the page is open. */
export function RunsTable({ initial, titles, pipelineId, emptyText, emptyAct }: Props) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.runs.list.queryOptions({ limit: 100, pipelineId }, { initialData: [...initial], refetchInterval: 4000 }),
  );
  if (data.length === 0) return <EmptyBox title={emptyText}>{emptyAct}</EmptyBox>;
  const columns: readonly Column<RunSummary>[] = [
    {
      key: "run",
      title: t("run"),
      cell: (run) => (
        <Link href={`/runs/${run.id}`} prefetch={false} className="block font-medium hover:underline">
          {titles[run.pipelineId] ?? run.pipelineId}
          <span className="code block text-ink-3 text-xs">{run.cycle ?? run.id}</span>
        </Link>
      ),
    },
    {
      key: "state",
      title: t("state"),
      cell: (run) => (
        <span className="flex flex-wrap gap-1.5">
          <StateChip state={shownRunState(run)} />
          <LateLabel forecast={run.forecast} />
        </span>
      ),
    },
    {
      key: "progress",
      title: t("progress"),
      isNumber: true,
      cell: (run) => t("tasks", { done: run.tasksDone, total: run.tasksTotal }),
    },
    {
      key: "created",
      title: t("created"),
      cell: (run) => (
        <span>
          {formatLocal(run.createdAt, locale)}
          <span className="block text-ink-3 text-xs">{formatUtc(run.createdAt, locale)}</span>
        </span>
      ),
    },
    { key: "took", title: t("took"), isNumber: true, cell: (run) => runTime(run, locale) },
    { key: "reason", title: t("reason"), cell: (run) => run.reason },
  ];
  return <Table caption={t("title")} columns={columns} rows={data} rowKey={(run) => run.id} />;
}

function runTime(run: RunSummary, locale: "en" | "it"): string {
  if (run.startedAt === null || run.endedAt === null) return "";
  return formatDuration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000, locale);
}
