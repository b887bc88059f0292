import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { farm } from "@/drizzle/schema/sea";
import type { OrganisationId, UserId } from "@/lib/ids";
import type { Reader } from "@/server/store/reader";

export type FarmRow = typeof farm.$inferSelect;

/** Whose farms are meant: one's own, and those of one's organisation. */
export type FarmOwner = { readonly ownerId: UserId | null; readonly organisationId: OrganisationId | null };

/** The farms of an owner by name. */
export async function readFarmRows(db: Reader, owner: FarmOwner): Promise<readonly FarmRow[]> {
  return db.select().from(farm).where(isOf(owner)).orderBy(asc(farm.name), asc(farm.id)).limit(500);
}

/** Until the end of the transaction nobody else of the same organisation, or account without one, holds this lock. */
export async function lockFarms(tx: Reader, { ownerId, organisationId }: FarmOwner): Promise<void> {
  const whose = organisationId ?? ownerId ?? "host";
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`farms of ${whose}`}, 0))`);
}

export async function insertFarm(db: Reader, row: typeof farm.$inferInsert): Promise<void> {
  await db.insert(farm).values(row);
}

/** @returns the name of the farm that went, null when the owner has none of that id */
export async function deleteFarm(db: Reader, id: string, owner: FarmOwner): Promise<string | null> {
  const gone = await db
    .delete(farm)
    .where(and(eq(farm.id, id), isOf(owner)))
    .returning({ name: farm.name });
  return gone[0]?.name ?? null;
}

function isOf({ ownerId, organisationId }: FarmOwner) {
  const own = ownerId === null ? isNull(farm.ownerId) : eq(farm.ownerId, ownerId);
  return organisationId === null ? own : or(own, eq(farm.organisationId, organisationId));
}
