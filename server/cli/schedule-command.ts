import { overlaps } from "@/lib/cycle/cycle-intent";
import { type Command, type CommandContext, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseInputs, parseOptions } from "@/server/cli/parse-options";
import { typedInputs } from "@/server/cli/typed-inputs";
import { UsageError } from "@/server/cli/usage-error";
import type { ServiceContext } from "@/server/services/context";
import { findAnyPipeline } from "@/server/services/pipelines/find-any-pipeline";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { listSchedules, type ScheduleView } from "@/server/services/schedules/list-schedules";
import { pauseSchedule } from "@/server/services/schedules/pause-schedule";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { resumeSchedule } from "@/server/services/schedules/resume-schedule";
import { showSchedule } from "@/server/services/schedules/show-schedule";

/** `nereus schedule list | show | add | pause | resume | remove`. */
export const scheduleCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, {
    cron: { type: "string" },
    "time-zone": { type: "string", default: "UTC" },
    input: { type: "string", multiple: true, default: [] },
    reason: { type: "string" },
    overlap: { type: "string", default: "queue" },
    "catch-up": { type: "string", default: "1" },
    runahead: { type: "string" },
  });
  const [verb = "list", subject] = positionals;
  const named = (argument: string) => demandArgument(subject, { command: `schedule ${verb}`, argument });
  const act = (work: (services: ServiceContext) => Promise<unknown>) =>
    withHostSession(context, ({ services }) => work(services));
  if (verb === "list") return list(context);
  if (verb === "add") {
    const pipelineId = named("<pipeline>");
    const cron = demandArgument(values.cron, { command: "schedule add", argument: "--cron" });
    const wish = { pipelineId, cron, timeZone: values["time-zone"], ...readPolicies(values) };
    return add(context, wish, parseInputs(values.input));
  }
  const id = named("<id>");
  if (verb === "show") return show(context, id);
  if (verb === "pause") {
    const reason = demandArgument(values.reason, { command: "schedule pause", argument: "--reason" });
    await act((services) => pauseSchedule(services, { id, reason }));
    return tell(context, { key: "paused", id });
  }
  if (verb === "resume") {
    await act((services) => resumeSchedule(services, { id }));
    return tell(context, { key: "resumed", id });
  }
  if (verb === "remove") {
    await act((services) => removeSchedule(services, { id }));
    return tell(context, { key: "removed", id });
  }
  throw new UsageError("command-unknown", { command: `schedule ${verb}` });
};

async function list(context: CommandContext): Promise<number> {
  const schedules = await withHostSession(context, ({ services }) => listSchedules(services));
  const none = sentence(context, "schedule", { key: "none" });
  print(context, { json: schedules, text: schedules.length === 0 ? none : schedules.map(scheduleLine).join("\n") });
  return 0;
}

async function show(context: CommandContext, id: string): Promise<number> {
  const schedule = await withHostSession(context, ({ services }) => showSchedule(services, id));
  const lines = schedule.cycles.map(({ cycle, state, runState, reason, about, latenessSeconds }) => {
    const why = reason === null ? "" : sentence(context, "cycle", { key: reason, fields: { about } });
    const late = latenessSeconds === null ? "" : `+${Math.round(latenessSeconds)} s`;
    return [cycle, runState ?? state, late, why].filter(Boolean).join("  ");
  });
  print(context, { json: schedule, text: [scheduleLine(schedule), ...lines].join("\n") });
  return 0;
}

/** What happens while the last cycle runs, how many missed ones are made up for, how many may be live. */
function readPolicies(values: { overlap: string; "catch-up": string; runahead?: string | undefined }) {
  const overlap = overlaps.find((known) => known === values.overlap);
  if (overlap === undefined)
    throw new UsageError("option-invalid", { problem: `--overlap ${values.overlap}: ${overlaps.join(", ")}.` });
  return {
    overlap,
    catchUp: readCount("--catch-up", values["catch-up"], 0),
    runahead: values.runahead === undefined ? null : readCount("--runahead", values.runahead, 1),
  };
}

function readCount(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > 1000)
    throw new UsageError("option-invalid", { problem: `${option} ${text}: ${least}–1000.` });
  return value;
}

async function add(
  context: CommandContext,
  wish: Omit<Parameters<typeof createSchedule>[1], "input">,
  inputs: Readonly<Record<string, string>>,
): Promise<number> {
  const added = await withHostSession(context, async ({ services }) => {
    const module = await findAnyPipeline(services.db, wish.pipelineId);
    const input = typedInputs(module?.definition.input ?? {}, inputs);
    const { id } = await createSchedule(services, { ...wish, input });
    return (await listSchedules(services)).find((schedule) => schedule.id === id);
  });
  const fields = { id: added?.id, next: added?.nextRuns[0] ?? "-" };
  print(context, { json: added, text: sentence(context, "schedule", { key: "added", fields }) });
  return 0;
}

function tell(context: CommandContext, what: { key: "paused" | "resumed" | "removed"; id: string }): number {
  const text = sentence(context, "schedule", { key: what.key, fields: { id: what.id } });
  print(context, { json: { id: what.id, state: what.key }, text });
  return 0;
}

function scheduleLine(schedule: ScheduleView): string {
  const { id, pipelineId, cron, timeZone, paused, pauseReason, nextRuns } = schedule;
  return [id, pipelineId, `"${cron}"`, timeZone, paused ? `paused: ${pauseReason}` : (nextRuns[0] ?? "-")].join("  ");
}
