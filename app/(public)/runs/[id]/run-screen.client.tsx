"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Segmented } from "@/app/_ui/segmented.client";
import { LoadingBox } from "@/app/_ui/state-box";
import { shownRunState } from "@/app/_ui/state-look";
import { expectTasks } from "@/app/(public)/runs/[id]/expect-tasks";
import { NodePanel } from "@/app/(public)/runs/[id]/node-panel.client";
import { NodeTable } from "@/app/(public)/runs/[id]/node-table.client";
import type { Publisher } from "@/app/(public)/runs/[id]/publisher";
import { RunHead } from "@/app/(public)/runs/[id]/run-head.client";
import { useLiveRun } from "@/app/(public)/runs/[id]/use-live-run.client";
import type { RunView } from "@/lib/dag/run-view";
import type { RunRights } from "@/server/services/runs/rights-of-run";

type Props = {
  initial: RunView;
  title: string;
  publishers: readonly Publisher[];
  rights: RunRights;
  mayReadLogs: boolean;
};

const RunGraph = dynamic(() => import("@/app/(public)/runs/[id]/run-graph.client").then((module) => module.RunGraph), {
  ssr: false,
  loading: () => <LoadingBox label="…" />,
});

/** One run: where it is, its steps as graph or table, and the tasks, log and files of the chosen step. */
export function RunScreen({ initial, title, publishers, rights, mayReadLogs }: Props) {
  const t = useTranslations("runs");
  const tStates = useTranslations("states");
  const { run: known, liveState } = useLiveRun(initial);
  const run = expectTasks(known);
  const [view, setView] = useState<"graph" | "table">("graph");
  const [chosen, setChosen] = useState<string | null>(null);
  // On a phone the graph would be too small to read.
  useEffect(() => {
    if (matchMedia("(max-width: 47.99rem)").matches) setView("table");
  }, []);
  const nodeId = chosen ?? busiestNode(run);
  const state = tStates(shownRunState(run));
  return (
    <div className="flex min-h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] flex-col bg-surface">
      <p aria-live="polite" className="sr-only">
        {t("announce", { state, done: run.tasksDone, total: run.tasksTotal })}
      </p>
      <RunHead run={run} title={title} publishers={publishers} rights={rights} nodeId={nodeId} liveState={liveState} />
      <div className="grid flex-1 border-line border-t xl:grid-cols-[minmax(0,1fr)_420px]">
        <section aria-label={t("view")} className="min-w-0 bg-bg">
          <div className="flex items-center gap-3 px-5 py-2.5">
            <h2 className="text-md">{view === "graph" ? t("graph") : t("table")}</h2>
            <p className="text-ink-3 text-xs">{t("nodes", { nodes: run.nodes.length, tasks: run.tasksTotal })}</p>
            <div className="ml-auto">
              <Segmented
                label={t("view")}
                value={view}
                onChange={setView}
                options={[
                  { value: "graph", title: t("graph") },
                  { value: "table", title: t("table") },
                ]}
              />
            </div>
          </div>
          {view === "graph" ? (
            <RunGraph run={run} selected={nodeId} onSelect={setChosen} />
          ) : (
            <NodeTable run={run} selected={nodeId} onSelect={setChosen} />
          )}
        </section>
        <NodePanel
          key={nodeId}
          {...{ run, nodeId, mayReadLogs }}
          mayOperate={rights.operate}
          mayDecide={rights.decide}
        />
      </div>
    </div>
  );
}

/** The step that a reader most likely came for: what failed, else what runs, else the first. */
function busiestNode(run: RunView): string {
  const by = (states: readonly string[]) => run.nodes.find((node) => states.includes(node.state))?.id;
  return by(["failed", "crashed"]) ?? by(["running"]) ?? run.nodes[0]?.id ?? "";
}
