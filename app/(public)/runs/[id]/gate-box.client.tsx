"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { ReasonDialog } from "@/app/_ui/reason-dialog.client";
import { useToast } from "@/app/_ui/toast.client";
import type { NodeView, RunView } from "@/lib/dag/run-view";

type Decision = "approved" | "rejected";
type Props = { run: RunView; node: NodeView; waiting: number; mayDecide: boolean };

/** What a gate asks, and the two answers for whoever may give them. */
export function GateBox({ run, node, waiting, mayDecide }: Props) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const [asked, setAsked] = useState<Decision | null>(null);
  const question = node.asks?.[locale === "it" ? "it" : "en"] ?? node.id;
  return (
    <section aria-label={t("gate")} className="grid gap-2 border-line border-t bg-surface-2 px-4 py-3">
      <p className="text-sm">{question}</p>
      {mayDecide ? (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={() => setAsked("approved")}>
            {t("approve")}
          </Button>
          <Button variant="danger" onClick={() => setAsked("rejected")}>
            {t("reject")}
          </Button>
        </div>
      ) : (
        <p className="text-ink-2 text-sm">{t("gateWaits")}</p>
      )}
      {asked ? <Ask key={asked} {...{ run, node, waiting, asked }} onDone={() => setAsked(null)} /> : null}
    </section>
  );
}

type AskProps = { run: RunView; node: NodeView; waiting: number; asked: Decision; onDone: () => void };

function Ask({ run, node, waiting, asked, onDone }: AskProps) {
  const t = useTranslations("runs");
  const trpc = useTRPC();
  const toast = useToast();
  const decide = useMutation(
    trpc.runs.decideGate.mutationOptions({
      onSuccess: () => {
        onDone();
        toast(t("gateDecided"));
      },
    }),
  );
  const isApproval = asked === "approved";
  return (
    <ReasonDialog
      title={t(isApproval ? "approveTitle" : "rejectTitle", { node: node.id })}
      description={t(isApproval ? "approveText" : "rejectText", { count: waiting })}
      confirm={t(isApproval ? "approve" : "reject")}
      isOpen
      isBusy={decide.isPending}
      isDangerous={!isApproval}
      error={toldError(decide.error)?.sentence ?? null}
      onOpenChange={(isOpen) => (isOpen ? undefined : onDone())}
      onConfirm={(reason) => decide.mutate({ runId: run.id, node: node.id, decision: asked, reason })}
    />
  );
}
