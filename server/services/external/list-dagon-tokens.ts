import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { readDagonTokens } from "@/server/store/dagon-token";

/** Times are ISO 8601 UTC. */
export type DagonTokenView = {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
};

/** Every token, newest first; none with its secret. @throws {NereusError} not-permitted */
export async function listDagonTokens(ctx: ServiceContext): Promise<readonly DagonTokenView[]> {
  demand(ctx.actor, "manage reporting tokens");
  const rows = await readDagonTokens(ctx.db);
  return rows.map(({ id, label, createdAt, revokedAt }) => ({
    ...{ id, label, createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null },
  }));
}
