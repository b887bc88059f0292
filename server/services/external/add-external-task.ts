import { checkEdges, readToldTask } from "@/server/services/external/read-told-task";
import { type ReportContext, withExternalRun } from "@/server/services/external/report-context";
import { addExternalEvents, saveExternalEdges, saveExternalTasks } from "@/server/store/external-run";

/**
 * Adds a task to a run, or takes what is told anew of one that is there.
 * @throws {NereusError} external-run-unknown, report-invalid
 */
export async function addExternalTask(ctx: ReportContext, runId: string, value: unknown): Promise<void> {
  const { task, edges } = readToldTask(value, "");
  const { at } = ctx;
  await withExternalRun(ctx, runId, async (tx) => {
    await saveExternalTasks(tx, runId, { tasks: [task], at });
    await saveExternalEdges(tx, runId, checkEdges(edges));
    const event = { task: task.name, kind: "task" as const, data: { status: task.status } };
    await addExternalEvents(tx, runId, { at, events: [event] });
  });
}
