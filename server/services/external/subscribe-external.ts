import { NereusError } from "@/lib/errors";
import { type ReportContext, withExternalRun } from "@/server/services/external/report-context";
import { addExternalEvents, addSubscriber, findExternalRun } from "@/server/store/external-run";

/**
 * Notes that one run of the reporter wants to hear of another. Told twice, it is noted once.
 * @throws {NereusError} external-run-unknown
 */
export async function subscribeExternal(
  ctx: ReportContext,
  told: { readonly subscriber: string; readonly workflow: string; readonly task: string },
): Promise<void> {
  const { subscriber, workflow, task } = told;
  await withExternalRun(ctx, workflow, async (tx, run) => {
    if ((await findExternalRun(tx, ctx.reporter.tokenId, subscriber)) === null)
      throw new NereusError("external-run-unknown", { run: subscriber });
    if (run.subscribers.includes(subscriber)) return;
    await addSubscriber(tx, workflow, subscriber);
    const event = { task, kind: "subscribed" as const, data: { subscriber } };
    await addExternalEvents(tx, workflow, { at: ctx.at, events: [event] });
  });
}
