import { audit } from "@/drizzle/schema/portal";
import type { Tx } from "@/server/store/database";

export type AuditEntry = Omit<typeof audit.$inferInsert, "id" | "at">;

/** Adds who did what, to what, why; in the transaction of the change itself. */
export async function addAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.insert(audit).values(entry);
}
