import { NereusError } from "@/lib/errors";
import type { Fields } from "@/lib/external/external-run";
import { groupBy } from "@/lib/group-by";
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
  const tasksIn = groupBy(parts.tasks, ({ runId }) => runId);
  const edgesIn = groupBy(parts.edges, ({ runId }) => runId);
  const eventsIn = groupBy(events.toReversed(), ({ runId }) => runId);
  return runs.map(({ id, name, host, createdAt, subscribers }) => {
    const told = { tasks: tasksIn.get(id) ?? [], edges: edgesIn.get(id) ?? [] };
    const tasks = tasksOf(told, eventsIn.get(id) ?? []);
    return { id, name, host, creation_at: writtenTime(createdAt), subscribers, tasks };
  });
}

/** Of one run; its events oldest first. */
function tasksOf(
  { tasks, edges }: ExternalRunParts,
  events: readonly ExternalEventRow[],
): Readonly<Record<string, Fields>> {
  const eventsOf = groupBy(events, ({ task }) => task ?? "");
  const outOf = groupBy(edges, ({ dependency }) => dependency);
  const into = groupBy(edges, ({ task }) => task);
  return Object.fromEntries(
    tasks.map(({ name, status, fields }) => {
      const nexts = (outOf.get(name) ?? []).map(({ task }) => task);
      const prevs = (into.get(name) ?? []).map(({ dependency }) => dependency);
      const history = (eventsOf.get(name) ?? []).map(({ at, data }) => ({
        status: data.status,
        datetime: writtenTime(at),
      }));
      return [name, { ...fields, name, status, nexts, prevs, history }];
    }),
  );
}

/** `2026-07-01 12:00:00`, UTC: as DagOnService writes it. */
const writtenTime = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ");
