import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { type AccountRow, listAccounts } from "@/server/store/account";

export type UserView = Omit<AccountRow, "createdAt"> & { readonly createdAt: string };

/** All accounts by e-mail address; times are ISO 8601 UTC. */
export async function listUsers(ctx: ServiceContext): Promise<readonly UserView[]> {
  demand(ctx.actor, "manage accounts");
  return (await listAccounts(ctx.db)).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
