import { mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { NereusError } from "@/lib/errors";
import type { DescribedFile, DescribedVariable, FileDescription } from "@/lib/formats/file-description";
import { renderError } from "@/lib/messages/render-error";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { demandHome } from "@/server/cli/start/demand-home";
import { describeContained } from "@/server/executors/describe-contained";

/** Time for a file that has to be downloaded. */
const addressSeconds = 120;

/** `nereus inspect <file or address> ...`: what each is and holds, looked at in a contained process. 1 when one is refused. */
export const inspectCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { values: { type: "boolean" } });
  demandArgument(positionals[0], { command: "inspect", argument: "<file or address>" });
  demandHome(context.config);
  const { config, signal } = context;
  const scratch = await mkdtemp(join(config.scratchPath, "inspect-"));
  try {
    const described: DescribedFile[] = [];
    for (const name of positionals) {
      const isAddress = /^https?:\/\//.test(name);
      const file = { path: isAddress ? name : resolve(name), name };
      const fileSeconds = isAddress ? { fileSeconds: addressSeconds } : {};
      const limits = { programsPath: config.programsPath, scratch, statistics: values.values ?? false, signal };
      described.push(...(await describeContained([file], { ...limits, ...fileSeconds })));
    }
    const json = described.map((one) => toJson(one, context));
    print(context, {
      json: json.length === 1 ? json[0] : json,
      text: described.flatMap((one) => toLines(one, context)).join("\n"),
    });
    return described.some(({ outcome }) => "error" in outcome) ? 1 : 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

function toJson({ name, outcome }: DescribedFile, context: CommandContext): object {
  if (!("error" in outcome)) return outcome.description;
  const { code, fields } = outcome.error;
  return { file: name, error: { code, fields, message: tell(code, fields, context) } };
}

function tell(code: NereusError["code"], fields: NereusError["fields"], { locale }: CommandContext): string {
  return renderError(new NereusError(code, fields), locale);
}

function toLines({ outcome }: DescribedFile, context: CommandContext): string[] {
  if ("error" in outcome) return [tell(outcome.error.code, outcome.error.fields, context)];
  const { description } = outcome;
  const say = (key: Parameters<typeof sentence<"inspect">>[2]["key"], fields: Readonly<Record<string, unknown>>) =>
    sentence(context, "inspect", { key, fields });
  const { grid, records, timesUtc, variables, problems } = description;
  return [
    say("file", description),
    ...(timesUtc.length === 0
      ? []
      : [say("times", { count: timesUtc.length, first: timesUtc[0], last: timesUtc.at(-1) })]),
    ...(grid === null ? [] : [say("grid", grid)]),
    ...boxOf(description).map((box) => say("box", box)),
    ...(records === null ? [] : [say("records", { count: records.count, columns: records.columns.join(", ") })]),
    ...variables.flatMap((one) => variableLines(one, say)),
    ...problems.map(({ code, fields }) => say("problem", { text: tell(code, fields, context) })),
  ];
}

function boxOf({ grid, records }: FileDescription): Readonly<Record<string, unknown>>[] {
  const bounds = grid?.bounds ?? records?.bounds;
  if (bounds === null || bounds === undefined) return [];
  return [Object.fromEntries(Object.entries(bounds).map(([side, value]) => [side, Number(value.toFixed(5))]))];
}

type Say = (key: "variable" | "values", fields: Readonly<Record<string, unknown>>) => string;

function variableLines(variable: DescribedVariable, say: Say): string[] {
  const { name, dimensions, shape, dtype, units, title, statistics } = variable;
  const sizes = shape.map((length, d) => `${dimensions[d] ?? "?"} ${length}`).join(" x ");
  const line = say("variable", {
    name,
    shape: `(${sizes})`,
    dtype,
    units: units ? `, ${units}` : "",
    title: title ? `: ${title}` : "",
  });
  return statistics === undefined ? [line] : [line, say("values", statistics)];
}
