import { type Command, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { cancelRun } from "@/server/services/runs/cancel-run";

/** `nereus cancel <run> --reason <text>`: a worker stops its jobs and ends it. */
export const cancelCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { reason: { type: "string" } });
  const runId = demandArgument(positionals[0], { command: "cancel", argument: "<run>" });
  const reason = demandArgument(values.reason, { command: "cancel", argument: "--reason" });
  await withHostSession(context, ({ services }) => cancelRun(services, { runId, reason }));
  print(context, {
    json: { runId, cancelRequested: true },
    text: sentence(context, "run", { key: "cancelled", fields: { run: runId } }),
  });
  return 0;
};
