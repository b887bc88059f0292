import { type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { parseInputs } from "@/server/cli/parse-options";
import { UsageError } from "@/server/cli/usage-error";
import { type RunSimulation, simulateRun } from "@/server/services/runs/simulate-run";

/** What the options of `nereus run --simulate` say, as they were typed. */
export type SimulationOptions = {
  /** `8` for every pool, or `compute=4`. */
  readonly slots: readonly string[];
  /** `node=seconds`, `node=files`. */
  readonly duration: readonly string[];
  readonly files: readonly string[];
};

/** `nereus run <pipeline> --simulate`: when it would be done with these slots. */
export async function simulateCommand(
  context: CommandContext,
  pipelineId: string,
  options: SimulationOptions,
): Promise<number> {
  const slots = { ...context.config.slots, ...slotsOf(options.slots, Object.keys(context.config.slots)) };
  const given = { durationsSeconds: numbersOf("duration", options.duration), files: numbersOf("files", options.files) };
  const simulation = await withHostSession(context, ({ services }) =>
    simulateRun(services, { pipelineId, slots, given }),
  );
  print(context, { json: simulation, text: describe(context, simulation) });
  return simulation.state === "completed" ? 0 : 1;
}

function slotsOf(texts: readonly string[], pools: readonly string[]): Readonly<Record<string, number>> {
  const all = texts.filter((text) => !text.includes("="));
  const named = numbersOf(
    "slots",
    texts.filter((text) => text.includes("=")),
  );
  const everywhere = all.flatMap((text) => pools.map((pool) => [pool, positive("slots", text)] as const));
  const slots = { ...Object.fromEntries(everywhere), ...named };
  for (const [pool, count] of Object.entries(slots)) positive(`slots ${pool}`, String(count));
  return slots;
}

const numbersOf = (option: string, texts: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(parseInputs(texts)).map(([name, text]) => [name, numberOf(option, text)]));

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new UsageError("option-invalid", { problem: `--${option}: “${text}” is no number from 0.` });
}

function positive(option: string, text: string): number {
  const value = numberOf(option, text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError("option-invalid", { problem: `--${option}: “${text}” is no whole number from 1.` });
}

function describe(context: CommandContext, simulation: RunSimulation): string {
  const { pipelineId, endsAfterSeconds, endsAt, unknown, nodes, recordedRun } = simulation;
  const slots = Object.entries(simulation.slots).map(([pool, count]) => `${pool} ${count}`);
  const fields = { pipeline: pipelineId, seconds: endsAfterSeconds?.toFixed(1), at: endsAt, slots: slots.join(", ") };
  const key = endsAfterSeconds === null ? "simulated-never" : "simulated";
  return [
    sentence(context, "run", { key, fields }),
    ...(recordedRun === null
      ? []
      : [sentence(context, "run", { key: "simulated-like", fields: { run: recordedRun } })]),
    ...(unknown.length === 0
      ? []
      : [sentence(context, "run", { key: "simulated-unknown", fields: { nodes: unknown.join(", ") } })]),
    ...nodes.map(({ id, tasks, startsAfterSeconds, endsAfterSeconds: end }) =>
      sentence(context, "run", {
        key: "simulated-node",
        fields: { node: id, tasks, from: startsAfterSeconds.toFixed(1), to: end.toFixed(1) },
      }),
    ),
  ].join("\n");
}
