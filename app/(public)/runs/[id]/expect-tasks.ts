import type { RunView } from "@/lib/dag/run-view";
import { isTerminalNode } from "@/lib/dag/state";

/**
 * A run whose total also counts one task for each step that has none yet. Steps get their tasks when what they read is
 * there; without this a run that has just begun would seem almost finished.
 */
export function expectTasks(run: RunView): RunView {
  const coming = run.nodes.filter((node) => node.tasksTotal === 0 && !isTerminalNode(node.state)).length;
  return { ...run, tasksTotal: run.tasksTotal + coming };
}
