import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { type AuditRow, listAuditRows } from "@/server/store/audit-list";

export type AuditView = Omit<AuditRow, "at"> & { readonly at: string };

/** What was done, by whom, to what and why; newest first, times in ISO 8601 UTC. */
export async function listAudit(
  ctx: ServiceContext,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly AuditView[]> {
  demand(ctx.actor, "read the audit log");
  return (await listAuditRows(ctx.db, page)).map((row) => ({ ...row, at: row.at.toISOString() }));
}
