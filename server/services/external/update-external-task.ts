import { NereusError } from "@/lib/errors";
import { readDagonStatus } from "@/lib/external/dagon-status";
import { checkName } from "@/server/services/external/read-told-task";
import { type ReportContext, withExternalRun } from "@/server/services/external/report-context";
import { reportStatus } from "@/server/services/external/report-status";
import { addExternalEvents, setExternalField } from "@/server/store/external-run";

/**
 * Sets one attribute of a task and leaves the others alone; `status` is told as a status.
 * @throws {NereusError} external-run-unknown, external-task-unknown, report-invalid
 */
export async function updateExternalTask(
  ctx: ReportContext,
  runId: string,
  told: { readonly task: string; readonly attribute: string; readonly value: string },
): Promise<void> {
  const attribute = checkName(told.attribute, "attribute");
  const { task, value } = told;
  const status = attribute === "status" ? readDagonStatus(value) : null;
  if (status !== null) return reportStatus(ctx, runId, { task, status });
  const { at } = ctx;
  await withExternalRun(ctx, runId, async (tx) => {
    if (!(await setExternalField(tx, runId, { task, attribute, value, at })))
      throw new NereusError("external-task-unknown", { task, run: runId });
    const event = { task, kind: "attribute" as const, data: { attribute, value } };
    await addExternalEvents(tx, runId, { at, events: [event] });
  });
}
