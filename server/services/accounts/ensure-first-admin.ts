import { oneTimePassword } from "@/server/services/accounts/one-time-password";
import { countAdmins, insertAccount } from "@/server/store/account";
import { addAudit } from "@/server/store/audit";
import { hashPassword } from "@/server/store/auth";
import type { Database } from "@/server/store/database";

const email = "admin@nereus.local";

/**
 * Makes the first administrator of an installation. Its password must be changed at the first sign-in.
 * @returns what to print once; null when there is an administrator already
 */
export async function ensureFirstAdmin(db: Database): Promise<{ email: string; oneTimePassword: string } | null> {
  if ((await countAdmins(db)) > 0) return null;
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const id = await insertAccount(tx, {
      email,
      name: "Administrator",
      role: "admin",
      passwordHash,
      mustChangePassword: true,
    });
    await addAudit(tx, {
      actorKind: "host",
      verb: "manage accounts",
      subject: `account:${id}`,
      reason: "first administrator",
    });
  });
  return { email, oneTimePassword: password };
}
