import { randomUUID } from "node:crypto";
import { NereusError } from "@/lib/errors";
import { readFarms } from "@/lib/farms/read-farms";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { ownerOf } from "@/server/services/farms/owner-of";
import { demand } from "@/server/services/permissions";
import { addAudit } from "@/server/store/audit";
import { insertFarm, lockFarms, readFarmRows } from "@/server/store/farm";

/** Farms that an account and its organisation may keep together. */
const mostFarms = 200;

/** @param geometry  a GeoJSON Polygon or MultiPolygon */
export type NewFarm = { readonly name: string; readonly depthM: number; readonly geometry: unknown };

/**
 * Keeps a farm for its owner.
 * @throws {NereusError} farm-invalid, farms-too-many, sign-in-required, not-permitted
 */
export async function addFarm(ctx: ServiceContext, { name, depthM, geometry }: NewFarm): Promise<{ id: string }> {
  demand(ctx.actor, "manage own farms");
  const [farm] = readFarms({ type: "Feature", geometry, properties: { name, depth: depthM } });
  if (farm === undefined) throw new NereusError("farm-invalid", { farm: name, problem: "it has no area" });
  const id = randomUUID();
  const owner = ownerOf(ctx.actor);
  await ctx.db.transaction(async (tx) => {
    await lockFarms(tx, owner);
    if ((await readFarmRows(tx, owner)).length >= mostFarms)
      throw new NereusError("farms-too-many", { limit: mostFarms });
    await insertFarm(tx, {
      id,
      ...owner,
      name: farm.name,
      rings: farm.rings,
      depthM: farm.depthM,
      createdAt: ctx.now(),
    });
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "add a farm", subject: `farm:${id}`, detail: { name } });
  });
  return { id };
}
