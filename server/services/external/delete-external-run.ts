import { NereusError } from "@/lib/errors";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { deleteExternalRow } from "@/server/store/external-run";

/**
 * Forgets a run that another system has reported, with its history; its name may then be reported anew. The run itself, if it
 * goes on elsewhere, is not touched.
 * @throws {NereusError} run-unknown, not-permitted
 */
export async function deleteExternalRun(
  ctx: ServiceContext,
  wish: { readonly id: string; readonly reason: string },
): Promise<void> {
  demand(ctx.actor, "delete reported runs");
  await ctx.db.transaction(async (tx) => {
    const name = await deleteExternalRow(tx, wish.id);
    if (name === null) throw new NereusError("run-unknown", { run: wish.id });
    const entry = { verb: "delete a reported run", subject: wish.id, reason: wish.reason, detail: { name } };
    await addAudit(tx, { ...auditActor(ctx.actor), ...entry });
  });
}
