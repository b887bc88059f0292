import { NereusError } from "@/lib/errors";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { setRevoked } from "@/server/store/dagon-token";

/**
 * Refuses every further report with a token. What was reported stays.
 * @throws {NereusError} dagon-token-unknown for one that is not there or was revoked before; not-permitted
 */
export async function revokeDagonToken(ctx: ServiceContext, { id }: { readonly id: string }): Promise<void> {
  demand(ctx.actor, "manage reporting tokens");
  await ctx.db.transaction(async (tx) => {
    if (!(await setRevoked(tx, id, ctx.now()))) throw new NereusError("dagon-token-unknown", { token: id });
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "revoke a reporting token", subject: id });
  });
}
