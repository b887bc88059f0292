import { type Command, print, sentence } from "@/server/cli/command-context";
import { withHostSession } from "@/server/cli/host-session";
import { demandArgument, parseOptions } from "@/server/cli/parse-options";
import { UsageError } from "@/server/cli/usage-error";
import { planBackfill } from "@/server/services/backfills/plan-backfill";
import { startBackfill } from "@/server/services/backfills/start-backfill";

/** `nereus backfill <pipeline> --from --to`; with `--preview` it only tells what would run. */
export const backfillCommand: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, {
    from: { type: "string" },
    to: { type: "string" },
    schedule: { type: "string" },
    limit: { type: "string", default: "1" },
    reason: { type: "string" },
    preview: { type: "boolean", default: false },
  });
  const command = "backfill";
  const range = {
    pipelineId: demandArgument(positionals[0], { command, argument: "<pipeline>" }),
    from: demandArgument(values.from, { command, argument: "--from" }),
    to: demandArgument(values.to, { command, argument: "--to" }),
    schedule: values.schedule,
  };
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError("option-invalid", { problem: `--limit ${values.limit}: 1, 2, 3 ...` });
  const done = await withHostSession(context, ({ services }) =>
    values.preview
      ? planBackfill(services, range)
      : startBackfill(services, { ...range, limit, reason: values.reason ?? null }),
  );
  const lines = done.cycles.map(({ cycle, state, runState }) => [cycle, state, runState ?? ""].join("  ").trim());
  const fields = { count: done.cycles.length, toRun: done.toRun, pipeline: done.pipelineId };
  const head = sentence(context, "backfill", { key: values.preview ? "preview" : "started", fields });
  print(context, { json: { preview: values.preview, ...done }, text: [head, ...lines].join("\n") });
  return 0;
};
