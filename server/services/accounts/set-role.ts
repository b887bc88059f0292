import { NereusError } from "@/lib/errors";
import type { Role } from "@/lib/roles";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { countAdmins, findAccount, updateRole } from "@/server/store/account";
import { addAudit } from "@/server/store/audit";

/**
 * Gives an account another role; the last administrator stays one.
 * @throws {NereusError} `account-unknown`, `last-admin`, `not-permitted`
 */
export async function setRole(ctx: ServiceContext, { userId, role }: { userId: string; role: Role }): Promise<void> {
  demand(ctx.actor, "manage accounts");
  await ctx.db.transaction(async (tx) => {
    const account = await findAccount(tx, userId);
    if (account === null) throw new NereusError("account-unknown", { account: userId });
    if (account.role === role) return;
    if (account.role === "admin" && (await countAdmins(tx)) === 1)
      throw new NereusError("last-admin", { email: account.email });
    await updateRole(tx, account.id, role);
    const detail = { from: account.role, to: role };
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "change role", subject: `account:${account.id}`, detail });
  });
}
