import type { DagonStatus } from "@/lib/external/dagon-status";
import { checkName } from "@/server/services/external/read-told-task";
import { type ReportContext, withExternalRun } from "@/server/services/external/report-context";
import { addExternalEvents, saveExternalStatus } from "@/server/store/external-run";

/**
 * Notes that a task of a run has come to a status, with the time of the report.
 * @throws {NereusError} external-run-unknown, report-invalid
 */
export async function reportStatus(
  ctx: ReportContext,
  runId: string,
  told: { readonly task: string; readonly status: DagonStatus },
): Promise<void> {
  const task = checkName(told.task, "task");
  const { at } = ctx;
  await withExternalRun(ctx, runId, async (tx) => {
    await saveExternalStatus(tx, runId, { task, status: told.status, at });
    const event = { task, kind: "status" as const, data: { status: told.status } };
    await addExternalEvents(tx, runId, { at, events: [event] });
  });
}
