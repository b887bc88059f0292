"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog.client";
import { Field, SelectField } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toast.client";
import { CronText } from "@/app/(admin)/admin/schedules/cron-text.client";
import type { RoutinePipeline } from "@/app/(admin)/admin/schedules/routine-pipeline";
import { portalTimeZone } from "@/lib/messages/portal-time-zone";

type Props = { pipelines: readonly RoutinePipeline[]; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Pipeline, cron and zone; the server says what is wrong with them at the field. */
export function NewSchedule({ pipelines, isOpen, onOpenChange }: Props) {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState({
    pipelineId: pipelines[0]?.id ?? "",
    cron: "30 2 * * *",
    timeZone: portalTimeZone,
  });
  const create = useMutation(
    trpc.schedules.create.mutationOptions({
      onSuccess: () => {
        onOpenChange(false);
        toast(t("created"));
        void queryClient.invalidateQueries({ queryKey: trpc.schedules.list.queryKey() });
      },
    }),
  );
  const told = toldError(create.error);
  const isZone = told?.code === "time-zone-unknown";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ ...typed, input: {} });
  };
  return (
    <Dialog title={t("newSchedule")} isOpen={isOpen} onOpenChange={onOpenChange}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <SelectField
          label={t("pipeline")}
          value={typed.pipelineId}
          onChange={(event) => setTyped({ ...typed, pipelineId: event.target.value })}
        >
          {pipelines.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
        <Field
          label={t("cron")}
          value={typed.cron}
          hint={
            <>
              {t("cronHint")} <CronText cron={typed.cron} />
            </>
          }
          error={told && !isZone ? told.sentence : null}
          onChange={(event) => setTyped({ ...typed, cron: event.target.value })}
        />
        <Field
          label={t("timeZone")}
          value={typed.timeZone}
          error={isZone ? told.sentence : null}
          onChange={(event) => setTyped({ ...typed, timeZone: event.target.value })}
        />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={create.isPending}>
            {t("create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
