import { type Command, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { decideGate, type GateDecision } from "@/server/services/runs/decide-gate";

/** `nereus approve|reject <run> --node <gate> [--task key ...] --reason <text>`: lets what waits at a gate go on, or fails it. */
export function gateCommand(decision: GateDecision): Command {
  const command = decision === "approved" ? "approve" : "reject";
  return async (args, context) => {
    const { values, positionals } = parseOptions(args, {
      node: { type: "string" },
      task: { type: "string", multiple: true },
      reason: { type: "string" },
    });
    const runId = demandArgument(positionals[0], { command, argument: "<run>" });
    const node = demandArgument(values.node, { command, argument: "--node" });
    const reason = demandArgument(values.reason, { command, argument: "--reason" });
    const { decided } = await withHostSession(context, ({ services }) =>
      decideGate(services, { runId, node, tasks: values.task, decision, reason }),
    );
    print(context, {
      json: { runId, node, decision, decided },
      text: sentence(context, "run", { key: decision, fields: { run: runId, node } }),
    });
    return 0;
  };
}
