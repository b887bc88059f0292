import { NereusError } from "@/lib/errors";
import { isRecord } from "@/lib/interchange/is-record";
import { checkEdges, checkName, readToldTask } from "@/server/services/external/read-told-task";
import type { ReportContext } from "@/server/services/external/report-context";
import { addAudit } from "@/server/store/audit";
import {
  addExternalEvents,
  findExternalRunByName,
  insertExternalRun,
  saveExternalEdges,
  saveExternalTasks,
} from "@/server/store/external-run";
import { mintId } from "@/server/store/mint-id";

const mostTasks = 20_000;

/**
 * Notes a run that a script has begun elsewhere, with the tasks that it knows already.
 * @param document  `{ name, host, tasks: { <name>: {...} } }`, as DAGonStar's `as_json` writes it
 * @returns its id: word characters only
 * @throws {NereusError} external-name-taken when the token has a run of that name; report-invalid
 */
export async function createExternalRun(ctx: ReportContext, document: unknown): Promise<{ readonly id: string }> {
  if (!isRecord(document)) throw new NereusError("report-invalid", { problem: "a workflow is an object in braces." });
  const name = checkName(document.name, "name");
  const told = toldTasks(document.tasks);
  if (told.length > mostTasks)
    throw new NereusError("report-invalid", { problem: `it has ${told.length} tasks; the limit is ${mostTasks}.` });
  const edges = checkEdges(told.flatMap(({ edges }) => edges));
  const { at, reporter } = ctx;
  const id = mintId("w", at);
  const host = typeof document.host === "string" ? document.host.slice(0, 200) : null;
  await ctx.db.transaction(async (tx) => {
    const values = { id, tokenId: reporter.tokenId, name, host, createdAt: at, updatedAt: at };
    if (!(await insertExternalRun(tx, values))) {
      const other = await findExternalRunByName(tx, reporter.tokenId, name);
      throw new NereusError("external-name-taken", { name, id: other?.id ?? "" });
    }
    await saveExternalTasks(tx, id, { tasks: told.map(({ task }) => task), at });
    await saveExternalEdges(tx, id, edges);
    const started = told.map(({ task }) => ({
      ...{ task: task.name, kind: "task" as const, data: { status: task.status } },
    }));
    await addExternalEvents(tx, id, { at, events: [{ task: null, kind: "created", data: {} }, ...started] });
    const detail = { name, token: reporter.tokenId, label: reporter.label };
    await addAudit(tx, { actorId: null, actorKind: "system", verb: "report a run", subject: id, detail });
  });
  return { id };
}

/** Tasks by name, as `as_json` writes them, or in a list. */
function toldTasks(tasks: unknown): readonly ReturnType<typeof readToldTask>[] {
  if (tasks === undefined || tasks === null) return [];
  if (Array.isArray(tasks)) return distinct(tasks.map((task) => readToldTask(task, "")));
  if (!isRecord(tasks)) throw new NereusError("report-invalid", { problem: "“tasks” is an object of tasks by name." });
  return distinct(Object.entries(tasks).map(([key, task]) => readToldTask(task, key)));
}

/** One statement cannot write a row twice; the last one told counts. */
function distinct(told: readonly ReturnType<typeof readToldTask>[]): readonly ReturnType<typeof readToldTask>[] {
  return [...new Map(told.map((one) => [one.task.name, one])).values()];
}
