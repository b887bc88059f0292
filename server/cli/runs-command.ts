import type { RunForecast, RunSummary } from "@/lib/dag/run-view";
import { runStates } from "@/lib/dag/state";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { parseOptions } from "@/server/cli/parse-options";
import { UsageError } from "@/server/cli/usage-error";
import { listRuns } from "@/server/services/runs/list-runs";

/** `nereus runs`: the newest runs, one per line. */
export const runsCommand: Command = async (args, context) => {
  const { values } = parseOptions(args, {
    pipeline: { type: "string" },
    state: { type: "string" },
    limit: { type: "string", default: "20" },
  });
  const state = runStates.find((known) => known === values.state);
  if (values.state !== undefined && state === undefined)
    throw new UsageError("option-invalid", { problem: `--state: ${runStates.join(", ")}.` });
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError("option-invalid", { problem: "--limit: 1, 2, 3 ..." });
  const runs = await withHostSession(context, ({ services }) =>
    listRuns(services, { limit, pipelineId: values.pipeline, state }),
  );
  const text =
    runs.length === 0 ? sentence(context, "run", { key: "none" }) : runs.map((run) => runLine(context, run)).join("\n");
  print(context, { json: runs, text });
  return 0;
};

/** Id, pipeline, cycle, state, progress, when it was asked for, and of a live run when it will be done. */
export function runLine(context: CommandContext, run: RunSummary): string {
  const state = run.completeness === "partial" ? `${run.state} (partial)` : run.state;
  const progress = `${run.tasksDone}/${run.tasksTotal}`;
  const parts = [
    run.id,
    run.pipelineId.padEnd(14),
    (run.cycle ?? "-").padEnd(14),
    state.padEnd(20),
    progress,
    run.createdAt,
    ...forecastParts(context, run.forecast),
  ];
  return [...parts, ...(run.reason === null ? [] : [run.reason])].join("  ");
}

function forecastParts(context: CommandContext, forecast: RunForecast | null): readonly string[] {
  if (forecast === null) return [];
  const { expectedEndAt: at, deadlineAt: deadline, isLate } = forecast;
  return [
    ...(at === null ? [] : [sentence(context, "run", { key: "expected-end", fields: { at } })]),
    ...(isLate ? [sentence(context, "run", { key: "late", fields: { deadline } })] : []),
  ];
}
