import { like } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit } from "@/drizzle/schema/portal";
import { asId, type OrganisationId, type UserId } from "@/lib/ids";
import type { Actor, ServiceContext } from "@/server/services/context";
import { addFarm } from "@/server/services/farms/add-farm";
import { listFarms } from "@/server/services/farms/list-farms";
import { readStatus } from "@/server/services/farms/read-status";
import { removeFarm } from "@/server/services/farms/remove-farm";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aFarm } from "@/test/fixtures/a-mussel-request";

let host: Host;
beforeAll(async () => {
  host = await aHost();
});
afterAll(() => host[Symbol.asyncDispose]());

const as = (actor: Actor): ServiceContext => ({ ...host.ctx, actor });
const farmer = (name: string, organisation: string | null = null): Actor => ({
  kind: "user",
  userId: asId<UserId>(name),
  role: "requester",
  organisationId: organisation === null ? null : asId<OrganisationId>(organisation),
});
const newFarm = (name: string) => ({ name, depthM: 4, geometry: aFarm(14.1, 40.7, 0.02).geometry });

test("a requester keeps farms, sees those of the own organisation and nobody else's, and each change is audited", async () => {
  const [anna, bruno, carla] = [farmer("anna", "co-op"), farmer("bruno", "co-op"), farmer("carla")];
  const { id } = await addFarm(as(anna), newFarm("North line"));
  expect(await listFarms(as(anna))).toMatchObject([{ id, name: "North line", depthM: 4 }]);
  expect(await listFarms(as(bruno))).toHaveLength(1);
  expect(await listFarms(as(carla))).toEqual([]);
  await expect(removeFarm(as(carla), { id })).rejects.toMatchObject({ code: "farm-unknown" });
  await removeFarm(as(bruno), { id });
  expect(await listFarms(as(anna))).toEqual([]);
  const rows = await host.ctx.db.select().from(audit).where(like(audit.subject, "farm:%")).orderBy(audit.id);
  expect(rows.map(({ verb, actorId }) => [verb, actorId])).toEqual([
    ["add a farm", "anna"],
    ["remove a farm", "bruno"],
  ]);
});

test("what is no farm is refused, and without an account nothing is kept or listed", async () => {
  const wrong = { ...newFarm("Dot"), geometry: { type: "Point", coordinates: [14, 40] } };
  await expect(addFarm(as(farmer("anna")), wrong)).rejects.toMatchObject({ code: "farm-invalid" });
  const anonymous = as({ kind: "anonymous" });
  await expect(addFarm(anonymous, newFarm("A"))).rejects.toMatchObject({ code: "sign-in-required" });
  await expect(listFarms(anonymous)).rejects.toMatchObject({ code: "sign-in-required" });
});

test("an organisation keeps 200 farms, also when two of its people add the last one at once", async () => {
  const [dora, elio] = [farmer("dora", "union"), farmer("elio", "union")];
  for (let n = 1; n < 200; n += 1) await addFarm(as(n % 2 ? dora : elio), newFarm(`Line ${n}`));
  const both = await Promise.allSettled([addFarm(as(dora), newFarm("Last")), addFarm(as(elio), newFarm("Last"))]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "farms-too-many" } });
});

test("without a run there is no predicted status", async () => {
  expect(await readStatus(as({ kind: "anonymous" }))).toBeNull();
});
