import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { NereusError } from "@/lib/errors";
import { importFormats } from "@/lib/interchange/file-formats";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { readFormat } from "@/server/cli/read-format";
import { type ImportResult, importPipeline } from "@/server/services/pipelines/import-pipeline";

/** `nereus import <file>`; with `--preview` it only tells what would change. */
export const importCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, {
    format: { type: "string" },
    as: { type: "string" },
    preview: { type: "boolean", default: false },
  });
  const path = demandArgument(positionals[0], { command: "import", argument: "<file>" });
  const format = values.format === undefined ? undefined : readFormat(values.format, importFormats);
  const wish = { name: basename(path), text: await readText(path), format, id: values.as, preview: values.preview };
  const result = await withHostSession(context, ({ services }) => importPipeline(services, wish));
  print(context, { json: { preview: wish.preview, ...result }, text: describe(context, result, wish.preview) });
  return 0;
};

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const problem = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new NereusError("file-unreadable", { file: path, problem }, { cause });
  }
}

function describe(context: CommandContext, result: ImportResult, isPreview: boolean): string {
  const { pipelineId, change, version, nodes } = result;
  const fields = { pipeline: pipelineId, version: version.slice(0, 8), nodes: nodes.length };
  const head = sentence(context, "import", { key: `${isPreview ? "would-be" : "is"}-${change}`, fields });
  const labels = nodes.flatMap(({ id, unrunnable }) =>
    unrunnable === null
      ? []
      : [sentence(context, "import", { key: "unrunnable", fields: { node: id, why: unrunnable } })],
  );
  return [head, ...labels].join("\n");
}
