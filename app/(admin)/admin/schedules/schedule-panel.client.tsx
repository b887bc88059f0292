"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { ReasonDialog } from "@/app/_ui/reason-dialog.client";
import { useToast } from "@/app/_ui/toast.client";
import { CronText } from "@/app/(admin)/admin/schedules/cron-text.client";
import { formatLocal, formatUtc } from "@/lib/messages/format-time";
import type { ScheduleView } from "@/server/services/schedules/list-schedules";

type Props = { schedule: ScheduleView; title: string; mayManage: boolean };

/** One schedule: when it starts next, and pausing, resuming, removing it. */
export function SchedulePanel({ schedule, title, mayManage }: Props) {
  const t = useTranslations("admin");
  const locale = useLocale();
  return (
    <aside
      aria-label={title}
      className="grid content-start border-line border-t xl:min-h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] xl:border-t-0 xl:border-l"
    >
      <div className="grid gap-1 px-5 py-4">
        <h2 className="text-lg">{title}</h2>
        <p className="text-ink-2 text-sm">
          <CronText cron={schedule.cron} /> · {schedule.timeZone}
        </p>
        <p className="code text-ink-3 text-xs">{schedule.cron}</p>
      </div>
      {schedule.paused ? (
        <div className="px-5 pb-4">
          <Banner kind="warn">
            {t("paused")}: {schedule.pauseReason}
          </Banner>
        </div>
      ) : null}
      <section className="grid gap-2 border-line border-t px-5 py-3.5">
        <h3 className="text-sm">{t("nextStarts")}</h3>
        {schedule.nextRuns.length === 0 ? <p className="text-ink-2 text-sm">{t("nextPaused")}</p> : null}
        <ol className="grid gap-1 text-sm">
          {schedule.nextRuns.map((at) => (
            <li key={at} className="flex justify-between gap-4">
              <span>{formatLocal(at, locale)}</span>
              <span className="text-ink-3">{formatUtc(at, locale)}</span>
            </li>
          ))}
        </ol>
      </section>
      {mayManage ? <Acts schedule={schedule} title={title} /> : null}
    </aside>
  );
}

function Acts({ schedule, title }: { schedule: ScheduleView; title: string }) {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<"pause" | "remove" | null>(null);
  const done = (text: string) => ({
    onSuccess: () => {
      setOpen(null);
      toast(text);
      void queryClient.invalidateQueries({ queryKey: trpc.schedules.list.queryKey() });
    },
  });
  const pause = useMutation(trpc.schedules.pause.mutationOptions(done(t("pausedNow"))));
  const resume = useMutation(trpc.schedules.resume.mutationOptions(done(t("resumed"))));
  const remove = useMutation(trpc.schedules.remove.mutationOptions(done(t("removed"))));
  const { id } = schedule;
  return (
    <div className="flex flex-wrap gap-2 border-line border-t px-5 py-4">
      {schedule.paused ? (
        <Button variant="primary" disabled={resume.isPending} onClick={() => resume.mutate({ id })}>
          <Icon name="play" />
          {t("resume")}
        </Button>
      ) : (
        <Button onClick={() => setOpen("pause")}>
          <Icon name="pause" />
          {t("pause")}
        </Button>
      )}
      <Button variant="danger" onClick={() => setOpen("remove")}>
        <Icon name="trash" />
        {t("remove")}
      </Button>
      <ReasonDialog
        title={t("pauseTitle")}
        description={t("pauseText")}
        confirm={t("pause")}
        isOpen={open === "pause"}
        isBusy={pause.isPending}
        error={toldError(pause.error)?.sentence ?? null}
        onOpenChange={(isOpen) => setOpen(isOpen ? "pause" : null)}
        onConfirm={(reason) => pause.mutate({ id, reason })}
      />
      <ReasonDialog
        title={t("removeTitle")}
        description={t("removeText", { pipeline: title })}
        confirm={t("remove")}
        isOpen={open === "remove"}
        isBusy={remove.isPending}
        isDangerous
        needsReason={false}
        error={toldError(remove.error)?.sentence ?? null}
        onOpenChange={(isOpen) => setOpen(isOpen ? "remove" : null)}
        onConfirm={() => remove.mutate({ id })}
      />
    </div>
  );
}
