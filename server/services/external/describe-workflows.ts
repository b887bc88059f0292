import { NereusError } from "@/lib/errors";
import type { Fields } from "@/lib/external/external-run";
import type { ReportContext } from "@/server/services/external/report-context";
import {
  type ExternalEventRow,
  type ExternalRunParts,
  type ExternalRunRow,
  findExternalRun,
  findExternalRunByName,
  readExternalEvents,
  readExternalParts,
  readExternalRuns,
} from "@/server/store/external-run";

/** A workflow as DagOnService answers it: tasks by name, each with nexts, prevs and the history of its status. */
export type DescribedWorkflow = {
  readonly id: string;
  readonly name: string;
  readonly host: string | null;
  readonly creation_at: string;
  readonly subscribers: readonly string[];
  readonly tasks: Readonly<Record<string, Fields>>;
};

const mostListed = 100;
const mostEvents = 100_000;

/** The newest workflows of the reporter; at most 100. */
export async function listWorkflows(ctx: ReportContext): Promise<readonly DescribedWorkflow[]> {
  return describe(ctx, await readExternalRuns(ctx.db, { tokenId: ctx.reporter.tokenId, limit: mostListed }));
}

/** @throws {NereusError} external-run-unknown */
export async function describeWorkflow(ctx: ReportContext, id: string): Promise<DescribedWorkflow> {
  const run = await findExternalRun(ctx.db, ctx.reporter.tokenId, id);
  const [described] = run === null ? [] : await describe(ctx, [run]);
  if (described === undefined) throw new NereusError("external-run-unknown", { run: id });
  return described;
}

/** @throws {NereusError} external-run-unknown */
export async function findWorkflow(ctx: ReportContext, name: string): Promise<string> {
  const run = await findExternalRunByName(ctx.db, ctx.reporter.tokenId, name);
  if (run === null) throw new NereusError("external-run-unknown", { run: name });
  return run.id;
}

async function describe(ctx: ReportContext, runs: readonly ExternalRunRow[]): Promise<readonly DescribedWorkflow[]> {
  const ids = runs.map(({ id }) => id);
  const parts = await readExternalParts(ctx.db, ids);
  const events = await readExternalEvents(ctx.db, ids, { limit: mostEvents, kind: "status" });
  return runs.map(({ id, name, host, createdAt, subscribers }) => {
    const tasks = tasksOf(id, parts, events.filter(({ runId }) => runId === id).reverse());
    return { id, name, host, creation_at: writtenTime(createdAt), subscribers, tasks };
  });
}

function tasksOf(
  runId: string,
  parts: ExternalRunParts,
  events: readonly ExternalEventRow[],
): Readonly<Record<string, Fields>> {
  const histories = new Map<string, { status: unknown; datetime: string }[]>();
  for (const { task, at, data } of events) {
    const entry = { status: data.status, datetime: writtenTime(at) };
    histories.set(task ?? "", [...(histories.get(task ?? "") ?? []), entry]);
  }
  const edges = parts.edges.filter((edge) => edge.runId === runId);
  const tasks = parts.tasks.filter((task) => task.runId === runId);
  return Object.fromEntries(
    tasks.map(({ name, status, fields }) => {
      const nexts = edges.filter(({ dependency }) => dependency === name).map(({ task }) => task);
      const prevs = edges.filter(({ task }) => task === name).map(({ dependency }) => dependency);
      return [name, { ...fields, name, status, nexts, prevs, history: histories.get(name) ?? [] }];
    }),
  );
}

/** `2026-07-01 12:00:00`, UTC: as DagOnService writes it. */
const writtenTime = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ");
