import type { FarmArea } from "@/lib/farms/farm-area";
import type { ServiceContext } from "@/server/services/context";
import { ownerOf } from "@/server/services/farms/owner-of";
import { demand } from "@/server/services/permissions";
import { readFarmRows } from "@/server/store/farm";

/**
 * The farms of the actor and of their organisation.
 * @throws {NereusError} sign-in-required, not-permitted
 */
export async function listFarms(ctx: ServiceContext): Promise<readonly FarmArea[]> {
  demand(ctx.actor, "manage own farms");
  const rows = await readFarmRows(ctx.db, ownerOf(ctx.actor));
  return rows.map(({ id, name, rings, depthM }) => ({ id, name, rings, depthM }));
}
