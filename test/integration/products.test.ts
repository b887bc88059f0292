import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { organisation } from "@/drizzle/schema/accounts";
import { asId, type OrganisationId, type RunId, type UserId } from "@/lib/ids";
import { commitProduct } from "@/server/engine/commit-product";
import { localConnection } from "@/server/executors/connection/local";
import type { Actor } from "@/server/services/context";
import { getProduct } from "@/server/services/products/get-product";
import { listProducts } from "@/server/services/products/list-products";
import { openProductFile } from "@/server/services/products/open-product-file";
import { aFolder } from "@/test/fixtures/a-folder";
import { aFragment } from "@/test/fixtures/a-fragment";
import { aRunRow } from "@/test/fixtures/a-run-row";
import { freshDatabase } from "@/test/fixtures/database";

const anyone: Actor = { kind: "anonymous" };
const member = (organisationId: string, role: "requester" | "operator" = "requester"): Actor => ({
  kind: "user",
  userId: asId<UserId>("u1"),
  role,
  organisationId: asId<OrganisationId>(organisationId),
});

async function aPortal() {
  const database = await freshDatabase();
  const folder = await aFolder();
  const { db } = database;
  const storePath = join(folder.path, "store");
  let clock = Date.parse("2026-07-01T00:00:00Z");
  const ctx = (actor: Actor = anyone) => ({ db, actor, config: { storePath } });
  const publish = async (parts: Parameters<typeof aRunRow>[1] = {}, steps: readonly number[] = [0]) => {
    clock += 60_000;
    const runId = await aRunRow(db, parts);
    const outFolder = join(folder.path, runId);
    await aFragment(outFolder, runId, steps);
    const log = { info: () => undefined, warn: () => undefined };
    const deps = { db, connection: localConnection(), storePath, now: () => new Date(clock), log };
    await commitProduct(
      { ...deps, metSourcesOf: () => [] },
      {
        ...{ runId, generation: 1, pipelineId: asId("smoke"), productId: asId("smoke"), outFolder },
        organisationId: parts.organisationId ?? null,
      },
    );
    return runId;
  };
  const open = (run: string, path: string, range?: string) =>
    openProductFile(ctx(), { productId: "smoke", run, path, range });
  return {
    db,
    ctx,
    publish,
    open,
    storePath,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const unknown = { code: "product-unknown" };

test("latest is the newest cycle with a step, even when an older cycle was run again later", async () => {
  await using portal = await aPortal();
  const newest = await portal.publish({ cycle: asId("2026-07-01T00Z") });
  await portal.publish({ cycle: asId("2026-06-30T00Z") });
  await portal.publish({ cycle: asId("2026-07-02T00Z") }, []);
  expect((await getProduct(portal.ctx(), { productId: "smoke", run: "latest" })).runId).toBe(newest);
  const [item] = await listProducts(portal.ctx());
  expect(item).toMatchObject({ productId: "smoke", newest: { runId: newest, steps: 1, expectedSteps: 2 } });
  expect(item?.history.map((entry) => entry.cycle)).toEqual(["2026-06-30T00Z"]);
});

test("a run is found by its id and by its generation, and a wrong one is not", async () => {
  await using portal = await aPortal();
  const runId = await portal.publish();
  for (const run of [runId, `${runId}-g1`, "latest"]) {
    expect((await getProduct(portal.ctx(), { productId: "smoke", run })).storePath).toBe(`smoke/${runId}-g1`);
  }
  for (const run of [`${runId}-g2`, "no-such-run", ""]) {
    await expect(getProduct(portal.ctx(), { productId: "smoke", run })).rejects.toMatchObject(unknown);
  }
  await expect(getProduct(portal.ctx(), { productId: "sea", run: "latest" })).rejects.toMatchObject(unknown);
});

test("the request of an organisation is seen by its members and by operators only", async () => {
  await using portal = await aPortal();
  const organisationId = asId<OrganisationId>("park");
  await portal.db.insert(organisation).values({ id: organisationId, name: "Park" });
  const run: RunId = await portal.publish({ organisationId });
  for (const actor of [member("park"), member("coast", "operator"), { kind: "host" } as const]) {
    expect((await getProduct(portal.ctx(actor), { productId: "smoke", run })).runId).toBe(run);
    expect(await listProducts(portal.ctx(actor))).toHaveLength(1);
  }
  for (const actor of [anyone, member("coast")]) {
    await expect(getProduct(portal.ctx(actor), { productId: "smoke", run })).rejects.toMatchObject(unknown);
    expect(await listProducts(portal.ctx(actor))).toEqual([]);
  }
});

test("a file is served whole or in part, under an address that says whether it may change", async () => {
  await using portal = await aPortal();
  const runId = await portal.publish();
  const whole = await portal.open(`${runId}-g1`, "map.zarr/pm25/0.0.0");
  expect(whole).toMatchObject({ sizeBytes: 7, immutable: true, range: null, contentType: "application/octet-stream" });
  expect(await text(whole.stream())).toBe("chunk 0");
  const part = await portal.open("latest", "map.zarr/pm25/0.0.0", "bytes=2-4");
  expect(part).toMatchObject({ sizeBytes: 7, immutable: false, range: { from: 2, to: 4 }, etag: whole.etag });
  expect(await text(part.stream())).toBe("unk");
  await expect(portal.open("latest", "map.zarr/.zgroup", "bytes=9-")).rejects.toMatchObject({
    code: "range-not-satisfiable",
  });
  const coverage = await portal.open(`${runId}-g1`, "coverage.json");
  expect(coverage).toMatchObject({ immutable: false, contentType: "application/json" });
  expect((await portal.open(runId, "map.zarr/.zgroup")).contentType).toBe("application/json");
});

test("an ETag changes with the coverage document", async () => {
  await using portal = await aPortal();
  const runId = await portal.publish();
  const before = await portal.open(runId, "coverage.json");
  const path = join(portal.storePath, `smoke/${runId}-g1/coverage.json`);
  await localConnection().writeAtomically(path, await readFile(path, "utf8"));
  expect((await portal.open(runId, "coverage.json")).etag).not.toBe(before.etag);
});

test.each([
  "../../../secret",
  "map.zarr/../../../secret",
  "/etc/passwd",
  "map.zarr",
  "map.zarr/",
  "leak",
  "a\0b",
  "..\\secret",
  "x".repeat(5000),
  "map.zarr/pm25/99.0.0",
])("the path %j has no file", async (path) => {
  await using portal = await aPortal();
  const runId = await portal.publish();
  await writeFile(join(portal.storePath, "secret"), "secret");
  await symlink("../../secret", join(portal.storePath, `smoke/${runId}-g1/leak`));
  await expect(portal.open("latest", path)).rejects.toMatchObject({ code: "product-file-unknown" });
});
