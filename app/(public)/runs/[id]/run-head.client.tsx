"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/app/_ui/banner";
import { buttonClass } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { StateChip } from "@/app/_ui/state-chip";
import { shownRunState } from "@/app/_ui/state-look";
import type { Publisher } from "@/app/(public)/runs/[id]/publisher";
import { RunActions } from "@/app/(public)/runs/[id]/run-actions.client";
import type { LiveState } from "@/app/(public)/runs/[id]/use-live-run.client";
import { LateLabel } from "@/app/(public)/runs/late-label.client";
import type { RunView } from "@/lib/dag/run-view";
import { formatClock, formatDuration, formatInstant } from "@/lib/messages/format-time";
import type { RunRights } from "@/server/services/runs/rights-of-run";

type Props = {
  run: RunView;
  title: string;
  publishers: readonly Publisher[];
  rights: RunRights;
  /** The chosen step. */
  nodeId: string;
  liveState: LiveState;
};

/** State, progress and times of a run, and what may be done with it. */
export function RunHead({ run, title, publishers, rights, nodeId, liveState }: Props) {
  const t = useTranslations("runs");
  const first = firstPublished(run, publishers);
  return (
    <header className="grid gap-2.5 px-5 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StateChip state={shownRunState(run)} />
        <LateLabel forecast={run.forecast} />
        <h1 className="text-xl">{title}</h1>
        <span className="text-ink-2">
          {run.cycle ? t("cycle", { cycle: run.cycle }) : <span className="code">{run.id}</span>}
        </span>
        <div className="ml-auto flex flex-wrap gap-2">
          {first ? (
            <Link href={`/?product=${first.productId}&run=${run.id}`} className={buttonClass()}>
              <Icon name="layers" />
              {t("openMap")}
            </Link>
          ) : null}
          <RunActions run={run} rights={rights} nodeId={nodeId} />
        </div>
      </div>
      <RunTimes run={run} firstAt={first?.at ?? null} liveState={liveState} />
      {run.reason ? <Banner kind={run.state === "failed" ? "bad" : "info"}>{run.reason}</Banner> : null}
    </header>
  );
}

function RunTimes({ run, firstAt, liveState }: { run: RunView; firstAt: string | null; liveState: LiveState }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const share = run.tasksTotal === 0 ? 0 : run.tasksDone / run.tasksTotal;
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-ink-2 text-sm">
      <span className="flex items-center gap-2.5">
        <span aria-hidden="true" className="h-1.5 w-40 overflow-hidden rounded-full bg-surface-3 md:w-56">
          <span
            className={`block h-full ${run.state === "cancelled" ? "bg-idle" : "bg-ok"}`}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        {t("tasks", { done: run.tasksDone, total: run.tasksTotal })}
      </span>
      <span>
        {t("created")} {formatInstant(run.createdAt, locale)}
      </span>
      <span>
        {firstAt ? (
          <>
            {t("firstMap")} <b className="font-bold text-ink">{formatClock(firstAt, locale)}</b>
          </>
        ) : (
          t("notYetMap")
        )}
      </span>
      {run.forecast?.expectedEndAt ? (
        <span>
          {t("expectedEnd")} <b className="font-bold text-ink">{formatInstant(run.forecast.expectedEndAt, locale)}</b>
        </span>
      ) : null}
      {run.startedAt && run.endedAt ? (
        <span>
          {t("took")}{" "}
          <b className="font-bold text-ink">
            {formatDuration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000, locale)}
          </b>
        </span>
      ) : null}
      {liveState === "ended" ? null : <span className="text-ok-text">● {t(liveState)}</span>}
      <span className="ml-auto text-ink-3 text-xs">
        {t("version")} <span className="code">{run.versionHash.slice(0, 8)}</span>
      </span>
    </div>
  );
}

/** When and what the run first put on the map: the end of the first task that publishes a product. */
function firstPublished(run: RunView, publishers: readonly Publisher[]): { productId: string; at: string } | null {
  const found = run.tasks.flatMap((task) => {
    const publisher = publishers.find(({ nodeId }) => nodeId === task.nodeId);
    return publisher && task.state === "completed" && task.endedAt
      ? [{ productId: publisher.productId, at: task.endedAt }]
      : [];
  });
  return found.sort((a, b) => a.at.localeCompare(b.at))[0] ?? null;
}
