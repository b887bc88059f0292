"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { PageHead } from "@/app/_ui/page-head";
import { EmptyBox } from "@/app/_ui/state-box";
import { StateChip } from "@/app/_ui/state-chip";
import { type Column, Table } from "@/app/_ui/table";
import { CronText } from "@/app/(admin)/admin/schedules/cron-text.client";
import { NewSchedule } from "@/app/(admin)/admin/schedules/new-schedule.client";
import type { RoutinePipeline } from "@/app/(admin)/admin/schedules/routine-pipeline";
import { SchedulePanel } from "@/app/(admin)/admin/schedules/schedule-panel.client";
import { formatLocal, formatUtc } from "@/lib/messages/format-time";
import type { ScheduleView } from "@/server/services/schedules/list-schedules";

type Props = { initial: readonly ScheduleView[]; pipelines: readonly RoutinePipeline[]; mayManage: boolean };

/** All schedules, and the chosen one with its next starts. */
export function ScheduleScreen({ initial, pipelines, mayManage }: Props) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.schedules.list.queryOptions(undefined, { initialData: [...initial], refetchInterval: 15_000 }),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const titleOf = (id: string) => pipelines.find((one) => one.id === id)?.title ?? id;
  const selected = data.find((one) => one.id === chosen) ?? data[0];
  const columns: readonly Column<ScheduleView>[] = [
    {
      key: "pipeline",
      title: t("pipeline"),
      cell: (one) => (
        <button
          type="button"
          onClick={() => setChosen(one.id)}
          className="min-h-6 text-left font-medium hover:underline"
        >
          {titleOf(one.pipelineId)}
          <span className="code block text-ink-3 text-xs">{one.pipelineId}</span>
        </button>
      ),
    },
    {
      key: "when",
      title: t("when"),
      cell: (one) => (
        <span>
          <CronText cron={one.cron} />
          <span className="block text-ink-3 text-xs">{one.timeZone}</span>
        </span>
      ),
    },
    {
      key: "next",
      title: t("next"),
      cell: (one) => {
        const [next] = one.nextRuns;
        if (one.paused || next === undefined) return <StateChip state="held" label={t("paused")} />;
        return (
          <span>
            {formatLocal(next, locale)}
            <span className="block text-ink-3 text-xs">{formatUtc(next, locale)}</span>
          </span>
        );
      },
    },
    {
      key: "last",
      title: t("last"),
      cell: (one) =>
        one.lastRun ? (
          <a href={`/runs/${one.lastRun.runId}`}>
            <StateChip state={one.lastRun.state} label={one.lastRun.cycle ?? undefined} />
          </a>
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        ),
    },
  ];
  return (
    <div className={selected ? "grid xl:grid-cols-[minmax(0,1fr)_388px]" : ""}>
      <div className="min-w-0">
        <PageHead title={t("schedules")}>
          {mayManage ? (
            <Button onClick={() => setAdding(true)}>
              <Icon name="plus" />
              {t("newSchedule")}
            </Button>
          ) : null}
        </PageHead>
        {data.length === 0 ? (
          <EmptyBox title={t("empty")}>
            {mayManage ? <Button onClick={() => setAdding(true)}>{t("newSchedule")}</Button> : null}
          </EmptyBox>
        ) : (
          <Table
            caption={t("schedules")}
            columns={columns}
            rows={data}
            rowKey={(one) => one.id}
            isSelected={(one) => one.id === selected?.id}
          />
        )}
      </div>
      {selected ? (
        <SchedulePanel
          key={selected.id}
          schedule={selected}
          title={titleOf(selected.pipelineId)}
          mayManage={mayManage}
        />
      ) : null}
      <NewSchedule pipelines={pipelines} isOpen={isAdding} onOpenChange={setAdding} />
    </div>
  );
}
