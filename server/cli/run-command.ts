import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { NereusError } from "@/lib/errors";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { type HostSession, withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseInputs, parseOptions } from "@/server/cli/parse-options";
import { followRun } from "@/server/cli/run/follow-run";
import { inspectMet, inspectSea } from "@/server/cli/run/inspect-met";
import { listMetFiles } from "@/server/cli/run/list-met-files";
import { type RunResult, readRunResult } from "@/server/cli/run/run-result";
import { simulateCommand } from "@/server/cli/run/simulate-command";
import { withWorker } from "@/server/cli/run/with-worker";
import { demandHome } from "@/server/cli/start/demand-home";
import { typedInputs } from "@/server/cli/typed-inputs";
import { findAnyPipeline } from "@/server/services/pipelines/find-any-pipeline";
import { type RunRequest, requestRun } from "@/server/services/runs/request-run";

const EXIT = { completed: 0, failed: 1, partial: 3, interrupted: 130 } as const;

/** `nereus run <pipeline>`: asks for a run and, with --wait, follows it to its end; with --simulate, tells when that would be. */
export const runCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, {
    input: { type: "string", multiple: true, default: [] },
    key: { type: "string" },
    wait: { type: "boolean", default: false },
    "require-complete": { type: "boolean", default: false },
    simulate: { type: "boolean", default: false },
    slots: { type: "string", multiple: true, default: [] },
    duration: { type: "string", multiple: true, default: [] },
    files: { type: "string", multiple: true, default: [] },
  });
  const pipelineId = demandArgument(positionals[0], { command: "run", argument: "<pipeline>" });
  demandHome(context.config);
  if (values.simulate) return simulateCommand(context, pipelineId, values);
  const inputs = parseInputs(values.input);
  const idempotencyKey = values.key;
  if (!values.wait)
    return withHostSession(context, async (session) =>
      enqueueRun(context, session, {
        ...(await prepareRequest(context, session, { pipelineId, inputs })),
        idempotencyKey,
      }),
    );
  const result = await withHostSession(context, async (session) => {
    const wish = { ...(await prepareRequest(context, session, { pipelineId, inputs })), idempotencyKey };
    return withWorker(context, session, () => runToEnd(context, session, wish));
  });
  print(context, { json: result, text: describe(context, result) });
  return exitCode(context, result, values["require-complete"]);
};

/** Weather given as files is looked at before anything is queued; a configured source keeps its name. */
async function prepareRequest(
  context: CommandContext,
  { services }: HostSession,
  asked: { readonly pipelineId: string; readonly inputs: Readonly<Record<string, string>> },
): Promise<RunRequest> {
  const { pipelineId } = asked;
  const module = await findAnyPipeline(services.db, pipelineId);
  const inputs = withAbsolutePaths(withFileContents(asked.inputs), module?.hostFiles ?? []);
  const schema = module?.definition.input ?? {};
  const { met, sea, ...others } = inputs;
  const { metSources, seaSources } = context.config;
  if (module?.needsMet && met !== undefined && meansFiles(metSources, met)) {
    const input = typedInputs(schema, others);
    return { pipelineId, input, met: await inspectMet(context, listMetFiles(met, input)) };
  }
  if (module?.needsSea && sea !== undefined && meansFiles(seaSources, sea)) {
    const input = typedInputs(schema, others);
    const epoch = typeof input.epoch === "string" ? input.epoch : null;
    return { pipelineId, input, sea: await inspectSea(context, listMetFiles(sea, input), epoch) };
  }
  return { pipelineId, input: typedInputs(schema, inputs) };
}

/** `outfalls=@file.geojson` gives the text of a file. */
function withFileContents(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [name, text.startsWith("@") ? readText(text.slice(1)) : text]),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new NereusError("file-unreadable", { file: path, problem: String(cause) }, { cause });
  }
}

/** A job works in another folder than the caller. */
function withAbsolutePaths(inputs: Readonly<Record<string, string>>, hostFiles: readonly string[]) {
  const isPath = (name: string, text: string) => hostFiles.includes(name) && !/^https?:\/\//.test(text);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [name, isPath(name, text) ? resolve(text) : text]),
  );
}

function meansFiles(sources: Readonly<Record<string, unknown>>, text: string): boolean {
  return !Object.hasOwn(sources, text) && (/[/\\{}.]/.test(text) || existsSync(text));
}

async function enqueueRun(context: CommandContext, { services }: HostSession, wish: RunRequest): Promise<number> {
  const { runId, created } = await requestRun(services, wish);
  const text = sentence(context, "run", { key: "queued", fields: { run: runId, pipeline: wish.pipelineId } });
  print(context, { json: { runId, created }, text });
  return EXIT.completed;
}

async function runToEnd(context: CommandContext, { services }: HostSession, wish: RunRequest): Promise<RunResult> {
  const { runId } = await requestRun(services, wish);
  console.error(sentence(context, "run", { key: "queued", fields: { run: runId, pipeline: wish.pipelineId } }));
  const run = await followRun(context, services, runId);
  const products = (await findAnyPipeline(services.db, wish.pipelineId))?.definition.products ?? [];
  return readRunResult(
    services,
    run,
    products.map(({ id }) => id),
  );
}

function exitCode(context: CommandContext, result: RunResult, requireComplete: boolean): number {
  if (context.signal.aborted) return EXIT.interrupted;
  if (result.state !== "completed") return EXIT.failed;
  return requireComplete && result.completeness !== "complete" ? EXIT.partial : EXIT.completed;
}

function describe(
  context: CommandContext,
  { runId, state, completeness, reason, timings, products, outputs }: RunResult,
): string {
  const seconds = timings.totalMs === null ? "-" : (timings.totalMs / 1000).toFixed(1);
  const fields = { run: runId, state, completeness: completeness ?? "-", seconds };
  const published = products.flatMap(({ zarr, netcdf, cog }) => [zarr, ...(netcdf === null ? [] : [netcdf]), ...cog]);
  const files = [...published, ...outputs.map(({ path }) => path)];
  return [sentence(context, "run", { key: "ended", fields }), ...(reason === null ? [] : [reason]), ...files].join(
    "\n",
  );
}
