"use client";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { buttonClass } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { menuContentClass, menuItemClass } from "@/app/_ui/menu-classes";
import { type Ask, actionsOfNode, actionsOfTask } from "@/app/(public)/runs/[id]/offered-actions";
import { OperateDialog } from "@/app/(public)/runs/[id]/operate-dialog.client";
import type { OperatorAction } from "@/lib/dag/operator-wish";
import type { NodeView, RunView, TaskView } from "@/lib/dag/run-view";

type Props = { readonly run: RunView; readonly node: NodeView; readonly task: TaskView | undefined };

/** What an operator may do to the chosen step and to its chosen task. */
export function ActMenu({ run, node, task }: Props) {
  const t = useTranslations("operate");
  const [ask, setAsk] = useState<Ask | null>(null);
  const ofNode = actionsOfNode(run, node);
  const ofTask = task === undefined ? [] : actionsOfTask(run, task);
  if (ofNode.length + ofTask.length === 0) return null;
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={buttonClass()}>
          {t("act")}
          <Icon name="chevron" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            className={`${menuContentClass} max-h-[70dvh] overflow-y-auto`}
          >
            <Group
              title={`${t("step")} ${node.id}`}
              actions={ofNode}
              onChoose={(action) => setAsk({ action, node: node.id })}
            />
            {task === undefined ? null : (
              <Group
                title={`${t("theTask")} ${task.key || node.id}`}
                actions={ofTask}
                onChoose={(action) => setAsk({ action, node: node.id, tasks: [task.key], downstream: false })}
              />
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {ask === null ? null : <OperateDialog runId={run.id} ask={ask} onClose={() => setAsk(null)} />}
    </>
  );
}

type GroupProps = {
  readonly title: string;
  readonly actions: readonly OperatorAction[];
  readonly onChoose: (action: OperatorAction) => void;
};

function Group({ title, actions, onChoose }: GroupProps) {
  const t = useTranslations("operate");
  if (actions.length === 0) return null;
  return (
    <DropdownMenu.Group>
      <DropdownMenu.Label className="max-w-72 truncate px-2.5 pt-2 pb-1 text-ink-3 text-xs">{title}</DropdownMenu.Label>
      {actions.map((action) => (
        <DropdownMenu.Item key={action} className={menuItemClass} onSelect={() => onChoose(action)}>
          {t(`actions.${action}`)}
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Group>
  );
}
