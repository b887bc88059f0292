import { checkName } from "@/server/services/external/read-told-task";
import { type ReportContext, withExternalRun } from "@/server/services/external/report-context";
import { addExternalEvents, saveExternalEdges } from "@/server/store/external-run";

/**
 * Notes that a task waits for another, which may be one of another workflow. Told twice, it is one edge.
 * @throws {NereusError} external-run-unknown, report-invalid
 */
export async function addExternalDependency(
  ctx: ReportContext,
  runId: string,
  told: { readonly task: string; readonly dependency: string },
): Promise<void> {
  const task = checkName(told.task, "task");
  const dependency = checkName(told.dependency, "dependency");
  const { at } = ctx;
  await withExternalRun(ctx, runId, async (tx) => {
    const added = await saveExternalEdges(tx, runId, [{ task, dependency }]);
    const event = { task, kind: "dependency" as const, data: { dependency } };
    await addExternalEvents(tx, runId, { at, events: added === 0 ? [] : [event] });
  });
}
