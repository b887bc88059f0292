import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";

/**
 * Writes down that somebody had garbage collected by hand. What the worker does by itself is no audit matter: it follows the
 * configuration.
 * @throws {NereusError} not-permitted
 */
export async function noteCollection(
  ctx: ServiceContext,
  freed: { readonly files: number; readonly bytes: number },
): Promise<void> {
  demand(ctx.actor, "collect garbage");
  const detail = { files: freed.files, bytes: freed.bytes };
  await ctx.db.transaction((tx) =>
    addAudit(tx, { ...auditActor(ctx.actor), verb: "collect garbage", subject: "files", detail }),
  );
}
