"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMessages, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog.client";
import { Field } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toast.client";
import type { Ask } from "@/app/(public)/runs/[id]/offered-actions";
import { useWishOptions } from "@/app/(public)/runs/[id]/use-wish-options.client";
import { sayChanges } from "@/lib/messages/say-changes";

type Props = { readonly runId: string; readonly ask: Ask; readonly onClose: () => void };

const dangerous: ReadonlySet<string> = new Set(["cancel", "skip", "expire"]);

/** Shows what an operator's act would do, counts first, and takes the reason for it. */
export function OperateDialog({ runId, ask, onClose }: Props) {
  const t = useTranslations("operate");
  const tCommon = useTranslations("common");
  const [reason, setReason] = useState("");
  const options = useWishOptions(ask);
  const { preview, act } = useOperation(runId, options.wish, onClose);
  const problem = toldError(act.error)?.sentence ?? toldError(preview.error)?.sentence ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (options.wish) act.mutate({ ...options.wish, runId, reason, generation: preview.data?.generation });
  };
  const isRetry = ask.action === "rerun" && ask.node === undefined;
  const target = [ask.node, ask.tasks?.filter(Boolean).join(", ")].filter(Boolean).join(" · ");
  const title = isRetry ? t("retry") : t(`actions.${ask.action}`);
  return (
    <Dialog
      title={target ? `${title}: ${target}` : title}
      description={isRetry ? t("retryText") : t(`explained.${ask.action}`)}
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
    >
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {options.fields}
        <section aria-live="polite" aria-label={t("previewTitle")} className="rounded-2 bg-surface-2 px-3.5 py-2.5">
          <h3 className="font-medium text-ink-2 text-xs">{t("previewTitle")}</h3>
          <Preview lines={preview.data?.summary} isWaiting={preview.isFetching} problem={problem} />
        </section>
        <Field
          label={tCommon("reason")}
          hint={tCommon("reasonHint")}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          required
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button
            type="submit"
            variant={dangerous.has(ask.action) ? "danger" : "primary"}
            disabled={act.isPending || reason.trim() === "" || preview.data === undefined}
          >
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type PreviewProps = {
  readonly lines: Parameters<typeof sayChanges>[0] | undefined;
  readonly isWaiting: boolean;
  readonly problem: string | null;
};

function Preview({ lines: summary, isWaiting, problem }: PreviewProps) {
  const t = useTranslations("operate");
  const messages = useMessages();
  if (problem !== null)
    return (
      <p role="alert" className="mt-1 text-bad-text text-sm">
        {problem}
      </p>
    );
  if (summary === undefined) return <p className="mt-1 text-ink-3 text-sm">{isWaiting ? t("previewWait") : "–"}</p>;
  return (
    <ul className="mt-1 grid gap-0.5 text-sm">
      {sayChanges(summary, messages).map((line) => (
        <li key={line} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}

/** Reads the preview whenever the wish changes, and does the deed; the page is read again after it. */
function useOperation(runId: string, wish: Ask | null, onDone: () => void) {
  const t = useTranslations("operate");
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const input = { runId, ...(wish ?? { action: "hold" as const }) };
  const preview = useQuery({
    ...trpc.runs.previewOperation.queryOptions(input),
    ...{ enabled: wish !== null, retry: false, gcTime: 0, staleTime: 0 },
  });
  const act = useMutation(
    trpc.runs.operate.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.runs.pathKey() });
        toast(t("asked"));
        onDone();
      },
    }),
  );
  return { preview, act };
}
