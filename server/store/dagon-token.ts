import { and, desc, eq, isNull } from "drizzle-orm";
import { dagonToken } from "@/drizzle/schema/external";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type DagonTokenRow = typeof dagonToken.$inferSelect;

export async function insertDagonToken(tx: Tx, values: typeof dagonToken.$inferInsert): Promise<void> {
  await tx.insert(dagonToken).values(values);
}

/** Newest first, revoked ones included. */
export async function readDagonTokens(db: Reader): Promise<readonly DagonTokenRow[]> {
  return db.select().from(dagonToken).orderBy(desc(dagonToken.createdAt));
}

/** The token with this hash, unless it was revoked. */
export async function findDagonToken(db: Reader, secretHash: string): Promise<DagonTokenRow | null> {
  const [row] = await db
    .select()
    .from(dagonToken)
    .where(and(eq(dagonToken.secretHash, secretHash), isNull(dagonToken.revokedAt)));
  return row ?? null;
}

/** False when there is no such token, or it was revoked before. */
export async function setRevoked(tx: Tx, id: string, at: Date): Promise<boolean> {
  const rows = await tx
    .update(dagonToken)
    .set({ revokedAt: at })
    .where(and(eq(dagonToken.id, id), isNull(dagonToken.revokedAt)))
    .returning({ id: dagonToken.id });
  return rows.length > 0;
}
