import { randomBytes } from "node:crypto";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { hashSecret } from "@/server/services/external/reporter";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { insertDagonToken } from "@/server/store/dagon-token";
import { mintId } from "@/server/store/mint-id";

/**
 * Makes a token by which scripts report their runs. Its secret is said here and nowhere again.
 * @throws {NereusError} not-permitted
 */
export async function createDagonToken(
  ctx: ServiceContext,
  { label }: { readonly label: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  demand(ctx.actor, "manage reporting tokens");
  const secret = randomBytes(24).toString("hex");
  const at = ctx.now();
  const id = mintId("d", at);
  const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  await ctx.db.transaction(async (tx) => {
    await insertDagonToken(tx, { id, label, secretHash: hashSecret(secret), createdBy, createdAt: at });
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "create a reporting token", subject: id, detail: { label } });
  });
  return { id, secret };
}
