"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "@/app/_api/trpc.client";
import { StateChip } from "@/app/_ui/state-chip";
import { type Column, Table } from "@/app/_ui/table";
import type { ExternalRunSummary } from "@/lib/external/external-run";
import { formatLocal, formatUtc } from "@/lib/messages/format-time";

/** Runs of other systems, newest first and labelled so; nothing when none was reported. */
export function ExternalTable({ initial }: { initial: readonly ExternalRunSummary[] }) {
  const t = useTranslations("external");
  const runs = useTranslations("runs");
  const locale = useLocale();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.external.list.queryOptions({ limit: 100 }, { initialData: [...initial], refetchInterval: 4000 }),
  );
  if (data.length === 0) return null;
  const columns: readonly Column<ExternalRunSummary>[] = [
    {
      key: "run",
      title: runs("run"),
      cell: (run) => (
        <Link href={`/runs/${run.id}`} prefetch={false} className="block font-medium hover:underline">
          {run.name} <span className="rounded-1 border border-line-2 px-1 text-ink-3 text-xs">{t("label")}</span>
          <span className="code block text-ink-3 text-xs">{run.id}</span>
        </Link>
      ),
    },
    { key: "state", title: runs("state"), cell: (run) => <StateChip state={run.state} /> },
    {
      key: "progress",
      title: runs("progress"),
      isNumber: true,
      cell: (run) => runs("tasks", { done: run.tasksDone, total: run.tasksTotal }),
    },
    { key: "reporter", title: t("reporter"), cell: (run) => run.reporter },
    {
      key: "heard",
      title: t("heard"),
      cell: (run) => (
        <span>
          {formatLocal(run.updatedAt, locale)}
          <span className="block text-ink-3 text-xs">{formatUtc(run.updatedAt, locale)}</span>
        </span>
      ),
    },
  ];
  return (
    <section aria-label={t("listTitle")}>
      <h2 className="px-5 pt-6 pb-2 text-lg">{t("listTitle")}</h2>
      <Table caption={t("listTitle")} columns={columns} rows={data} rowKey={(run) => run.id} />
    </section>
  );
}
