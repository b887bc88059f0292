import type { OperatorAction, OperatorTarget } from "@/lib/dag/operator-wish";
import type { NodeView, RunView, TaskView } from "@/lib/dag/run-view";
import { isTerminalNode, isTerminalRun, isTerminalTask } from "@/lib/dag/state";

/** What a person is about to ask of a run; a dialog shows first what it would do. */
export type Ask = OperatorTarget & { readonly action: OperatorAction; readonly downstream?: boolean };

/** What can be asked of a node now. Whether it would change anything the preview says. */
export function actionsOfNode(run: RunView, node: NodeView): readonly OperatorAction[] {
  const again: readonly OperatorAction[] = node.tasksTotal > 0 ? ["rerun"] : [];
  if (isTerminalRun(run.state)) return again;
  if (isTerminalNode(node.state)) return again;
  const open: readonly OperatorAction[] = node.tasksTotal > node.tasksDone ? ["skip", "expire", "priority"] : [];
  return [...again, "hold", "release", "force", ...open];
}

/** What can be asked of a single task now; of the only one of its node, what the node does not offer. */
export function actionsOfTask(run: RunView, task: TaskView): readonly OperatorAction[] {
  const isOver = isTerminalRun(run.state) || isTerminalTask(task.state);
  if (task.key === "") return isOver ? [] : ["set-output"];
  if (isOver) return ["rerun"];
  const hold: readonly OperatorAction[] =
    task.state === "held" ? ["release"] : task.state === "ready" || task.state === "waiting" ? ["hold"] : [];
  return ["rerun", ...hold, "skip", "expire", "set-output", "priority"];
}
