"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import type { Ask } from "@/app/(public)/runs/[id]/offered-actions";
import { OperateDialog } from "@/app/(public)/runs/[id]/operate-dialog.client";
import type { RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";
import type { RunRights } from "@/server/services/runs/rights-of-run";

type Props = { readonly run: RunView; readonly rights: RunRights; readonly nodeId: string };

/** What may be done to the whole run, and the rerun from the chosen step. */
export function RunActions({ run, rights, nodeId }: Props) {
  const t = useTranslations("operate");
  const tRuns = useTranslations("runs");
  const [ask, setAsk] = useState<Ask | null>(null);
  const isOver = isTerminalRun(run.state);
  const hasTasks = run.nodes.some((node) => node.id === nodeId && node.tasksTotal > 0);
  return (
    <>
      {rights.operate && run.state === "running" ? (
        <Button onClick={() => setAsk({ action: "hold" })}>
          <Icon name="pause" />
          {t("actions.hold")}
        </Button>
      ) : null}
      {rights.operate && run.state === "held" ? (
        <Button onClick={() => setAsk({ action: "release" })}>
          <Icon name="play" />
          {t("actions.release")}
        </Button>
      ) : null}
      {rights.retry && isOver && run.state !== "completed" ? (
        <Button onClick={() => setAsk({ action: "rerun" })}>
          <Icon name="again" />
          {t("retry")}
        </Button>
      ) : null}
      {rights.operate && hasTasks ? (
        // On a phone the menu of the step has it.
        <Button className="max-md:hidden" onClick={() => setAsk({ action: "rerun", node: nodeId })}>
          <Icon name="again" />
          {t("rerunFrom", { node: nodeId })}
        </Button>
      ) : null}
      {rights.cancel && !isOver ? (
        <Button variant="danger" onClick={() => setAsk({ action: "cancel" })}>
          <Icon name="stop" />
          {tRuns("cancel")}
        </Button>
      ) : null}
      {ask === null ? null : <OperateDialog runId={run.id} ask={ask} onClose={() => setAsk(null)} />}
    </>
  );
}
