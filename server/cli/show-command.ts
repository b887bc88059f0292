import type { RunView, TaskView } from "@/lib/dag/run-view";
import { describeReuse } from "@/lib/messages/describe-reuse";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { runLine } from "@/server/cli/runs-command";
import { getRun } from "@/server/services/runs/get-run";

/** `nereus show <run>`: the run, its nodes and what became of every task. */
export const showCommand: Command = async (args, context) => {
  const { positionals } = parseOptions(args, {});
  const runId = demandArgument(positionals[0], { command: "show", argument: "<run>" });
  const run = await withHostSession(context, ({ services }) => getRun(services, runId));
  print(context, { json: run, text: describeRun(context, run) });
  return 0;
};

function describeRun(context: CommandContext, run: RunView): string {
  const nodes = run.nodes.flatMap((node) => [
    `  ${node.id}: ${node.state}, ${node.tasksDone}/${node.tasksTotal}${reason(node.reason)}`,
    ...run.tasks.filter((task) => task.nodeId === node.id).map((task) => taskLine(context, task)),
  ]);
  return [runLine(context, run), ...nodes].join("\n");
}

function taskLine(context: CommandContext, task: TaskView): string {
  const line = `    ${task.key || "-"}: ${task.state}, ${task.attempts.length} x${reason(task.reason)}`;
  const notes = task.changedInputs.map((path) => sentence(context, "run", { key: "input-changed", fields: { path } }));
  if (task.reuse !== null) notes.unshift(describeReuse(task.reuse, context.locale, (iso) => iso));
  const failures = task.attempts.flatMap(({ number, failure }) =>
    failure === null ? [] : [`${number}: ${failure.class}${reason(failure.reason)}`],
  );
  return [line, ...[...notes, ...failures].map((note) => `      ${note}`)].join("\n");
}

function reason(text: string | null): string {
  return text === null ? "" : `: ${text}`;
}
