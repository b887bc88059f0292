import { exportFormats } from "@/lib/interchange/file-formats";
import { type Command, print } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { readFormat } from "@/server/cli/read-format";
import { exportPipeline } from "@/server/services/pipelines/export-pipeline";

/** `nereus export <pipeline>`: its definition on the standard output. */
export const exportCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { format: { type: "string", default: "json" } });
  const pipelineId = demandArgument(positionals[0], { command: "export", argument: "<pipeline>" });
  const format = readFormat(values.format, exportFormats);
  const { text } = await withHostSession(context, ({ services }) => exportPipeline(services, { pipelineId, format }));
  print(context, { json: JSON.parse(text), text: text.trimEnd() });
  return 0;
};
