import { NereusError } from "@/lib/errors";
import type { UserId } from "@/lib/ids";
import { findPasswordHash, updatePassword } from "@/server/store/account";
import { addAudit } from "@/server/store/audit";
import { hashPassword, passwordMinLength, verifyPassword } from "@/server/store/auth";
import type { Database } from "@/server/store/database";

type Change = { readonly current: string; readonly next: string };
/** The account's owner; also one who must still replace a one-time password and may do nothing else. */
type Owner = { readonly userId: UserId; readonly sessionToken: string };

/**
 * Replaces one's own password and ends all other sessions of the account.
 * @throws {NereusError} `password-wrong`, `password-too-short`
 */
export async function changePassword(db: Database, owner: Owner, { current, next }: Change): Promise<void> {
  if (next.length < passwordMinLength)
    throw new NereusError("password-too-short", { length: next.length, needed: passwordMinLength });
  const hash = await findPasswordHash(db, owner.userId);
  if (hash === null || !(await verifyPassword({ hash, password: current })))
    throw new NereusError("password-wrong", {});
  const passwordHash = await hashPassword(next);
  await db.transaction(async (tx) => {
    await updatePassword(tx, {
      id: owner.userId,
      passwordHash,
      mustChangePassword: false,
      keepSession: owner.sessionToken,
    });
    await addAudit(tx, {
      actorId: owner.userId,
      actorKind: "user",
      verb: "change own password",
      subject: `account:${owner.userId}`,
    });
  });
}
