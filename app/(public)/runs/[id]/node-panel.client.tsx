"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Segmented } from "@/app/_ui/segmented.client";
import { StateChip, StateSquare } from "@/app/_ui/state-chip";
import { ActMenu } from "@/app/(public)/runs/[id]/act-menu.client";
import { FileList } from "@/app/(public)/runs/[id]/file-list.client";
import { GateBox } from "@/app/(public)/runs/[id]/gate-box.client";
import { InputList } from "@/app/(public)/runs/[id]/input-list.client";
import { KindIcon } from "@/app/(public)/runs/[id]/kind-icon";
import { TaskFacts } from "@/app/(public)/runs/[id]/task-facts.client";
import { TaskLog } from "@/app/(public)/runs/[id]/task-log.client";
import { WhyList } from "@/app/(public)/runs/[id]/why-list.client";
import type { RunView, TaskView } from "@/lib/dag/run-view";

type Tab = "log" | "files" | "inputs" | "why";

type Props = { run: RunView; nodeId: string; mayReadLogs: boolean; mayOperate: boolean; mayDecide: boolean };

/** The chosen step: its tasks, and log, files, inputs of the chosen task, and why it is where it is. */
export function NodePanel({ run, nodeId, mayReadLogs, mayOperate, mayDecide }: Props) {
  const t = useTranslations("runs");
  const tOperate = useTranslations("operate");
  const [chosen, setChosen] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>("log");
  const node = run.nodes.find((one) => one.id === nodeId);
  const tasks = run.tasks.filter((task) => task.nodeId === nodeId);
  const task = tasks.find((one) => one.id === chosen) ?? busiestTask(tasks);
  const files = run.artifacts.filter((artifact) => artifact.nodeId === nodeId);
  const waiting = node?.kind === "gate" ? tasks.filter(({ state }) => state === "waiting").length : 0;
  if (!node) return <aside className="border-line border-l p-5 text-ink-2">{t("selectNode")}</aside>;
  return (
    <aside aria-label={node.id} className="min-w-0 border-line border-t xl:border-t-0 xl:border-l">
      <div className="flex items-center gap-3 px-4 py-3">
        <h2 className="min-w-0 break-words text-lg">{node.id}</h2>
        <StateChip state={node.state} />
        {mayOperate ? (
          <span className="ml-auto">
            <ActMenu run={run} node={node} task={task} />
          </span>
        ) : null}
      </div>
      <p className="flex items-center gap-1.5 px-4 pb-2 text-ink-3 text-sm">
        <KindIcon kind={node.kind} />
        {t(`kinds.${node.kind}`)}
      </p>
      {node.reason ? <p className="px-4 pb-2 text-ink-2 text-sm">{node.reason}</p> : null}
      {waiting > 0 ? <GateBox {...{ run, node, waiting, mayDecide }} /> : null}
      {tasks.length > 1 ? <TaskPicker tasks={tasks} chosen={task} onChoose={setChosen} /> : null}
      {task ? <TaskFacts task={task} /> : null}
      <div className="border-line border-y px-4 py-2">
        <Segmented
          label={node.id}
          value={tab}
          onChange={setTab}
          options={[
            { value: "log", title: t("log") },
            { value: "files", title: `${t("files")} ${files.length}` },
            { value: "inputs", title: t("inputs") },
            { value: "why", title: tOperate("whyTab") },
          ]}
        />
      </div>
      {tab === "log" ? <TaskLog key={task?.id} task={task} mayReadLogs={mayReadLogs} /> : null}
      {tab === "files" ? <FileList files={files} /> : null}
      {tab === "inputs" ? <InputList run={run} nodeId={nodeId} /> : null}
      {tab === "why" ? <WhyList run={run} nodeId={nodeId} /> : null}
    </aside>
  );
}

type PickerProps = { tasks: readonly TaskView[]; chosen: TaskView | undefined; onChoose: (id: string) => void };

function TaskPicker({ tasks, chosen, onChoose }: PickerProps) {
  const t = useTranslations("runs");
  return (
    <section aria-label={t("taskList")} className="max-h-44 overflow-y-auto border-line border-t">
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            <button
              type="button"
              aria-pressed={task.id === chosen?.id}
              onClick={() => onChoose(task.id)}
              className="flex min-h-8 w-full items-center gap-2 border-transparent border-l-[3px] px-4 text-left text-sm hover:bg-surface-2 aria-pressed:border-accent aria-pressed:bg-accent-tint max-md:min-h-11"
            >
              <StateSquare state={task.state} />
              <span className="code truncate">{task.key || task.nodeId}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What failed, else what runs, else the last that did anything. */
function busiestTask(tasks: readonly TaskView[]): TaskView | undefined {
  const by = (states: readonly string[]) => tasks.find((task) => states.includes(task.state));
  return (
    by(["failed", "crashed"]) ??
    by(["running", "submitted", "staging"]) ??
    tasks.findLast((task) => task.startedAt) ??
    tasks[0]
  );
}
