import { NereusError } from "@/lib/errors";
import { taskStateOf } from "@/lib/external/dagon-status";
import type { ExternalEventView, ExternalRunView, ExternalTaskView } from "@/lib/external/external-run";
import { groupBy } from "@/lib/group-by";
import type { ServiceContext } from "@/server/services/context";
import { summarise } from "@/server/services/external/list-external-runs";
import { may } from "@/server/services/permissions";
import {
  type ExternalEventRow,
  type ExternalTaskRow,
  readExternalEvents,
  readExternalParts,
  readExternalRuns,
} from "@/server/store/external-run";

const mostEvents = 500;

/**
 * One run that another system reports, with its tasks and its newest 500 changes. Commands, folders and hosts are shown to
 * those who may read logs.
 * @throws {NereusError} run-unknown
 */
export async function getExternalRun(ctx: Pick<ServiceContext, "db" | "actor">, id: string): Promise<ExternalRunView> {
  const [run] = await readExternalRuns(ctx.db, { limit: 1, id });
  const [summary] = run === undefined ? [] : await summarise(ctx, [run]);
  if (run === undefined || summary === undefined) throw new NereusError("run-unknown", { run: id });
  const isTrusted = may(ctx.actor, "read logs");
  const { tasks, edges } = await readExternalParts(ctx.db, [id]);
  const events = await readExternalEvents(ctx.db, [id], { limit: mostEvents });
  const intoTask = groupBy(edges, ({ task }) => task);
  const prevsOf = (name: string) => (intoTask.get(name) ?? []).map(({ dependency }) => dependency);
  return {
    ...summary,
    host: isTrusted ? run.host : null,
    tasks: tasks.map((task) => viewOf(task, prevsOf(task.name), isTrusted)),
    history: events.map((event) => tell(event, isTrusted)),
  };
}

function viewOf(row: ExternalTaskRow, prevs: readonly string[], isTrusted: boolean): ExternalTaskView {
  const { command, working_dir: workingDir, type } = row.fields;
  return {
    name: row.name,
    state: taskStateOf(row.status),
    type: textOf(type),
    prevs,
    updatedAt: row.updatedAt.toISOString(),
    details: isTrusted ? { command: textOf(command), workingDir: textOf(workingDir) } : null,
  };
}

function tell({ id, at, task, kind, data }: ExternalEventRow, isTrusted: boolean): ExternalEventView {
  return { id, at: at.toISOString(), task, kind, text: textOfEvent({ kind, data }, isTrusted) };
}

function textOfEvent({ kind, data }: Pick<ExternalEventRow, "kind" | "data">, isTrusted: boolean): string | null {
  if (kind === "status" || kind === "task") return textOf(data.status);
  if (kind === "dependency") return textOf(data.dependency);
  return kind === "attribute" && isTrusted ? `${data.attribute} = ${data.value}` : null;
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
