import { basename, resolve } from "node:path";
import type { OperatorAction, WantedOutput } from "@/lib/dag/operator-wish";
import { messages } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";
import { sayChanges } from "@/lib/messages/say-changes";
import { type Command, print } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { operateRun } from "@/server/services/runs/operate-run";

/**
 * `nereus hold|release|skip|set-output|rerun|force|priority|expire <run> [--node n] [--task key ...] --reason <text>`:
 * what an operator does to a run, a node or tasks; `--preview` tells and changes nothing.
 */
export function operateCommand(action: OperatorAction): Command {
  return async (args, context) => {
    const { values, positionals } = parseOptions(args, {
      node: { type: "string" },
      task: { type: "string", multiple: true },
      downstream: { type: "boolean", default: false },
      value: { type: "string" },
      file: { type: "string", multiple: true, default: [] },
      artifact: { type: "string", multiple: true, default: [] },
      reason: { type: "string" },
      preview: { type: "boolean", default: false },
    });
    const runId = demandArgument(positionals[0], { command: action, argument: "<run>" });
    const { node, task: tasks, downstream, preview } = values;
    if (tasks !== undefined) demandArgument(node, { command: `${action} --task`, argument: "--node" });
    const reason = preview
      ? (values.reason ?? "")
      : demandArgument(values.reason, { command: action, argument: "--reason" });
    const value =
      action === "priority"
        ? { value: Number(demandArgument(values.value, { command: action, argument: "--value" })) }
        : {};
    const outputs = [...values.file.map(fileOutput), ...values.artifact.map(artifactOutput)];
    const about = { ...(node === undefined ? {} : { node }), ...(tasks === undefined ? {} : { tasks }), ...value };
    const outcome = await withHostSession(context, ({ services }) =>
      operateRun(services, { runId, action, ...about, downstream, outputs, reason, preview }),
    );
    const words = messages[context.locale];
    const head = preview ? words.operate.wouldDo : renderSentence(words.operate.done, { run: runId });
    const lines = sayChanges(outcome.summary, words).map((line) => `  ${line}`);
    print(context, { json: outcome, text: [head, ...lines].join("\n") });
    return 0;
  };
}

/** `<file>` counts under its own name, `<path>=<file>` under that path below the task's `out/`. */
function fileOutput(text: string): WantedOutput {
  const at = text.indexOf("=");
  const [path, file] = at < 1 ? [basename(text), text] : [text.slice(0, at), text.slice(at + 1)];
  return { kind: "file", path, file: resolve(file) };
}

const artifactOutput = (artifactId: string): WantedOutput => ({ kind: "artifact", artifactId });
