import { NereusError } from "@/lib/errors";
import type { UserId } from "@/lib/ids";
import type { Role } from "@/lib/roles";
import { oneTimePassword } from "@/server/services/accounts/one-time-password";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { findAccountByEmail, insertAccount } from "@/server/store/account";
import { addAudit } from "@/server/store/audit";
import { hashPassword } from "@/server/store/auth";

type NewUser = { readonly email: string; readonly name: string; readonly role: Role };

/**
 * Adds an account with a one-time password, which is said here and nowhere again.
 * @throws {NereusError} `email-taken`, `not-permitted`
 */
export async function createUser(
  ctx: ServiceContext,
  { email, name, role }: NewUser,
): Promise<{ userId: UserId; oneTimePassword: string }> {
  demand(ctx.actor, "manage accounts");
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  const userId = await ctx.db.transaction(async (tx) => {
    if ((await findAccountByEmail(tx, email)) !== null) throw new NereusError("email-taken", { email });
    const id = await insertAccount(tx, { email, name, role, passwordHash, mustChangePassword: true });
    await addAudit(tx, {
      ...auditActor(ctx.actor),
      verb: "create account",
      subject: `account:${id}`,
      detail: { email, role },
    });
    return id;
  });
  return { userId, oneTimePassword: password };
}
