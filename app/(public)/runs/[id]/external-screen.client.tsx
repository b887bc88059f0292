"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { ReasonDialog } from "@/app/_ui/reason-dialog.client";
import { EmptyBox } from "@/app/_ui/state-box";
import { StateChip } from "@/app/_ui/state-chip";
import { type Column, Table } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toast.client";
import type { ExternalEventView, ExternalRunView, ExternalTaskView } from "@/lib/external/external-run";
import { formatInstant } from "@/lib/messages/format-time";

/** A run of another system: what it has told of itself, looked at again every few seconds. */
export function ExternalScreen({ initial, mayDelete }: { initial: ExternalRunView; mayDelete: boolean }) {
  const t = useTranslations("external");
  const runs = useTranslations("runs");
  const locale = useLocale();
  const trpc = useTRPC();
  const { data: run } = useQuery(
    trpc.external.get.queryOptions({ id: initial.id }, { initialData: initial, refetchInterval: 4000 }),
  );
  return (
    <div className="min-h-full bg-surface">
      <header className="grid gap-2.5 px-5 py-3.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <StateChip state={run.state} />
          <h1 className="text-xl">{run.name}</h1>
          <span className="rounded-1 border border-line-2 px-1 text-ink-3 text-xs">{t("label")}</span>
          <span className="code text-ink-2">{run.id}</span>
          {mayDelete ? <DeleteButton id={run.id} /> : null}
        </div>
        <div className="flex flex-wrap gap-x-5 gap-y-1 text-ink-2 text-sm">
          <span>{runs("tasks", { done: run.tasksDone, total: run.tasksTotal })}</span>
          <span>
            {runs("started")} {formatInstant(run.createdAt, locale)}
          </span>
          <span>
            {t("heard")} {formatInstant(run.updatedAt, locale)}
          </span>
          {run.host ? (
            <span>
              {t("host")} {run.host}
            </span>
          ) : null}
        </div>
        <Banner kind="info">{t("notice", { reporter: run.reporter })}</Banner>
      </header>
      <h2 className="px-5 pt-3 pb-2 text-lg">{t("tasks")}</h2>
      <TaskTable tasks={run.tasks} />
      <h2 className="px-5 pt-6 pb-2 text-lg">{t("history")}</h2>
      <HistoryTable history={run.history} />
    </div>
  );
}

function DeleteButton({ id }: { id: string }) {
  const t = useTranslations("external");
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation(
    trpc.external.remove.mutationOptions({
      onSuccess: () => {
        toast(t("removed"));
        router.push("/runs");
      },
    }),
  );
  return (
    <>
      <Button variant="danger" className="ml-auto" onClick={() => setOpen(true)}>
        {t("remove")}
      </Button>
      <ReasonDialog
        title={t("removeTitle")}
        description={t("removeText")}
        confirm={t("remove")}
        isOpen={isOpen}
        isBusy={remove.isPending}
        isDangerous
        error={toldError(remove.error)?.sentence ?? null}
        onOpenChange={setOpen}
        onConfirm={(reason) => remove.mutate({ id, reason })}
      />
    </>
  );
}

function TaskTable({ tasks }: { tasks: readonly ExternalTaskView[] }) {
  const t = useTranslations("external");
  const runs = useTranslations("runs");
  const locale = useLocale();
  if (tasks.length === 0) return <EmptyBox title={t("noTasks")} />;
  const isTrusted = tasks.some(({ details }) => details !== null);
  const columns: readonly Column<ExternalTaskView>[] = [
    { key: "task", title: t("task"), cell: (task) => <span className="font-medium">{task.name}</span> },
    { key: "state", title: runs("state"), cell: (task) => <StateChip state={task.state} /> },
    { key: "type", title: t("type"), cell: (task) => task.type ?? "" },
    { key: "prevs", title: t("waitsFor"), cell: (task) => task.prevs.join(", ") },
    { key: "heard", title: t("heard"), cell: (task) => formatInstant(task.updatedAt, locale) },
    ...(isTrusted ? detailColumns({ command: t("command"), folder: t("folder") }) : []),
  ];
  return <Table caption={t("tasks")} columns={columns} rows={tasks} rowKey={(task) => task.name} />;
}

function detailColumns(titles: { command: string; folder: string }): readonly Column<ExternalTaskView>[] {
  return [
    {
      key: "command",
      title: titles.command,
      cell: ({ details }) => <span className="code break-all text-xs">{details?.command ?? ""}</span>,
    },
    {
      key: "folder",
      title: titles.folder,
      cell: ({ details }) => <span className="code break-all text-xs">{details?.workingDir ?? ""}</span>,
    },
  ];
}

function HistoryTable({ history }: { history: readonly ExternalEventView[] }) {
  const t = useTranslations("external");
  const locale = useLocale();
  if (history.length === 0) return <EmptyBox title={t("noHistory")} />;
  const columns: readonly Column<ExternalEventView>[] = [
    { key: "when", title: t("when"), cell: (event) => formatInstant(event.at, locale) },
    { key: "task", title: t("task"), cell: (event) => event.task ?? "" },
    { key: "what", title: t("what"), cell: (event) => t(`kinds.${event.kind}`) },
    { key: "detail", title: t("detail"), cell: (event) => <span className="break-all">{event.text ?? ""}</span> },
  ];
  return <Table caption={t("history")} columns={columns} rows={history} rowKey={(event) => String(event.id)} />;
}
