import { messages } from "@/lib/messages/messages";
import { sayWhy } from "@/lib/messages/say-why";
import { type Command, type CommandContext, print } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { explainRun, type WhyAnswer } from "@/server/services/runs/explain-run";

/** `nereus why <run> [--node n] [--task key]`: what it waits for, in sentences. */
export const whyCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { node: { type: "string" }, task: { type: "string" } });
  const runId = demandArgument(positionals[0], { command: "why", argument: "<run>" });
  const { node, task } = values;
  if (task !== undefined) demandArgument(node, { command: "why --task", argument: "--node" });
  const about = { runId, ...(node === undefined ? {} : { node }), ...(task === undefined ? {} : { task }) };
  const answers = await withHostSession(context, ({ services }) => explainRun(services, about));
  print(context, { json: answers, text: answers.map((answer) => describe(context, runId, answer)).join("\n") });
  return 0;
};

function describe({ locale }: CommandContext, runId: string, { node, state, tasks, reasons }: WhyAnswer): string {
  const words = messages[locale];
  const more = tasks !== null && tasks.count > tasks.names.length ? `, ... (${tasks.count})` : "";
  const name = tasks === null ? (node ?? runId) : `  ${tasks.names.join(", ")}${more}`;
  const said = reasons.map((reason) => sayWhy(reason, { locale, messages: words, localTimes: false }));
  return `${name}  ${words.states[state]}${said.length > 0 ? `  ${said.join(" ")}` : ""}`;
}
