import { desc, eq, lt } from "drizzle-orm";
import { user } from "@/drizzle/schema/accounts";
import { audit } from "@/drizzle/schema/portal";
import type { Database } from "@/server/store/database";

export type AuditRow = {
  readonly id: number;
  readonly at: Date;
  readonly actorKind: "user" | "host" | "system";
  readonly actorEmail: string | null;
  readonly verb: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly detail: Record<string, unknown>;
};

/** Newest first; `before` is the id of the last row of the page before. */
export async function listAuditRows(
  db: Database,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly AuditRow[]> {
  return await db
    .select({
      id: audit.id,
      at: audit.at,
      actorKind: audit.actorKind,
      actorEmail: user.email,
      verb: audit.verb,
      subject: audit.subject,
      reason: audit.reason,
      detail: audit.detail,
    })
    .from(audit)
    .leftJoin(user, eq(user.id, audit.actorId))
    .where(page.before === null ? undefined : lt(audit.id, page.before))
    .orderBy(desc(audit.id))
    .limit(page.limit);
}
