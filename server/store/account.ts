import { randomUUID } from "node:crypto";
import { and, asc, count, eq, ne } from "drizzle-orm";
import { account, membership, session, user } from "@/drizzle/schema/accounts";
import { asId, type OrganisationId, type UserId } from "@/lib/ids";
import type { Role } from "@/lib/roles";
import type { Database, Tx } from "@/server/store/database";

export type AccountRow = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  readonly createdAt: Date;
};

const columns = {
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  mustChangePassword: user.mustChangePassword,
  createdAt: user.createdAt,
};
/** Name under which the accounts library keeps passwords. */
const CREDENTIAL = "credential";

/** Adds a person with a password; the e-mail address is kept in lower case and is unique. */
export async function insertAccount(
  tx: Tx,
  row: { email: string; name: string; role: Role; passwordHash: string; mustChangePassword: boolean },
): Promise<UserId> {
  const id = asId<UserId>(randomUUID());
  const { email, name, role, mustChangePassword } = row;
  await tx.insert(user).values({ id, email: email.toLowerCase(), name, role, mustChangePassword, emailVerified: true });
  await tx
    .insert(account)
    .values({ id: randomUUID(), userId: id, accountId: id, providerId: CREDENTIAL, password: row.passwordHash });
  return id;
}

export async function findAccount(db: Database | Tx, id: string): Promise<AccountRow | null> {
  const [row] = await db
    .select(columns)
    .from(user)
    .where(eq(user.id, asId<UserId>(id)));
  return row ?? null;
}

export async function findAccountByEmail(db: Database | Tx, email: string): Promise<AccountRow | null> {
  const [row] = await db.select(columns).from(user).where(eq(user.email, email.toLowerCase()));
  return row ?? null;
}

/** The first organisation of a person, the one that runs belong to; null for none. */
export async function findOrganisation(db: Database | Tx, id: UserId): Promise<OrganisationId | null> {
  const [row] = await db
    .select({ id: membership.organisationId })
    .from(membership)
    .where(eq(membership.userId, id))
    .limit(1);
  return row?.id ?? null;
}

export async function listAccounts(db: Database | Tx): Promise<readonly AccountRow[]> {
  return await db.select(columns).from(user).orderBy(asc(user.email));
}

export async function countAdmins(db: Database | Tx): Promise<number> {
  const [row] = await db.select({ admins: count() }).from(user).where(eq(user.role, "admin"));
  return row?.admins ?? 0;
}

export async function updateRole(tx: Tx, id: UserId, role: Role): Promise<void> {
  await tx.update(user).set({ role, updatedAt: new Date() }).where(eq(user.id, id));
}

/** Hash of the password; null when the person has none. */
export async function findPasswordHash(db: Database | Tx, id: UserId): Promise<string | null> {
  const [row] = await db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, id), eq(account.providerId, CREDENTIAL)));
  return row?.password ?? null;
}

/** Replaces the password and ends every session but the one that is named. */
export async function updatePassword(
  tx: Tx,
  row: { id: UserId; passwordHash: string; mustChangePassword: boolean; keepSession: string | null },
): Promise<void> {
  const { id, passwordHash, mustChangePassword, keepSession } = row;
  await tx
    .update(account)
    .set({ password: passwordHash, updatedAt: new Date() })
    .where(and(eq(account.userId, id), eq(account.providerId, CREDENTIAL)));
  await tx.update(user).set({ mustChangePassword, updatedAt: new Date() }).where(eq(user.id, id));
  await tx
    .delete(session)
    .where(keepSession === null ? eq(session.userId, id) : and(eq(session.userId, id), ne(session.token, keepSession)));
}
