import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asId } from "@/lib/ids";
import { commitProduct } from "@/server/engine/commit-product";
import { localConnection } from "@/server/executors/connection/local";
import type { Actor } from "@/server/services/context";
import { browseFiles } from "@/server/services/open-data/browse-files";
import { describeStac } from "@/server/services/open-data/describe-stac";
import { aFolder } from "@/test/fixtures/a-folder";
import { aFragment } from "@/test/fixtures/a-fragment";
import { aRunRow } from "@/test/fixtures/a-run-row";
import { freshDatabase } from "@/test/fixtures/database";

const anyone: Actor = { kind: "anonymous" };
const hour = (clock: string) => `hourly/smoke_fire_20260701Z${clock}.nc`;
const day = ["smoke", "fire", "archive", "2026", "07", "01"];

async function aPortal() {
  const database = await freshDatabase();
  const folder = await aFolder();
  const storePath = join(folder.path, "store");
  const { db } = database;
  let clock = Date.parse("2026-07-01T00:00:00Z");
  const publish = async (cycle: string, files: Readonly<Record<string, string>>) => {
    clock += 60_000;
    const runId = await aRunRow(db, { cycle: asId(cycle) });
    const outFolder = join(folder.path, runId);
    const closing = { netcdf: "netcdf/smoke_fire_20260701Z0100.nc", cog: [], summary: {}, met: null };
    await aFragment(outFolder, runId, [0, 1], { closing, files });
    const deps = { db, connection: localConnection(), storePath, now: () => new Date(clock), metSourcesOf: () => [] };
    const log = { info: () => undefined, warn: () => undefined };
    const ids = { runId, generation: 1, pipelineId: asId<never>("smoke"), productId: asId<never>("smoke") };
    await commitProduct({ ...deps, log }, { ...ids, organisationId: null, outFolder });
    return runId;
  };
  const ctx = { db, actor: anyone, config: { storePath } };
  return {
    ctx,
    publish,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("each folder of the open files leads to the next, down to the hours of the newest run that has them", async () => {
  await using portal = await aPortal();
  const older = await portal.publish("2026-06-30T00Z", { [hour("0100")]: "old 1", [hour("0200")]: "old 2" });
  const newer = await portal.publish("2026-07-01T00Z", { [hour("0200")]: "new 2" });
  for (const [depth, name] of ["smoke/", "fire/", "archive/", "2026/", "07/", "01/"].entries()) {
    const listing = await browseFiles(portal.ctx, day.slice(0, depth));
    expect(listing).toMatchObject({ kind: "listing", entries: [{ name, immutable: null }] });
  }
  const listing = await browseFiles(portal.ctx, day);
  if (listing.kind !== "listing") throw new Error("a folder is listed");
  expect(listing.licence).toBe("CC-BY-4.0");
  expect(listing.entries.filter(({ name }) => name.endsWith(".nc"))).toEqual([
    { name: "smoke_fire_20260701Z0100.nc", immutable: `/api/files/smoke/${older}-g1/${hour("0100")}` },
    { name: "smoke_fire_20260701Z0200.nc", immutable: `/api/files/smoke/${newer}-g1/${hour("0200")}` },
  ]);
  const file = await browseFiles(portal.ctx, [...day, "smoke_fire_20260701Z0200.nc"]);
  expect(file).toEqual({ kind: "file", productId: "smoke", run: `${newer}-g1`, path: hour("0200") });
});

test("a checksum is that of the bytes behind the path, as sha256sum reads it", async () => {
  await using portal = await aPortal();
  await portal.publish("2026-07-01T00Z", { [hour("0100")]: "bytes" });
  const sha256 = createHash("sha256").update("bytes").digest("hex");
  expect(await browseFiles(portal.ctx, [...day, "smoke_fire_20260701Z0100.nc.sha256"])).toEqual({
    kind: "checksum",
    text: `${sha256}  smoke_fire_20260701Z0100.nc\n`,
  });
});

test("native files of a model are found by the time in their names", async () => {
  await using portal = await aPortal();
  const path = "history/wrfout_d01_2026-07-01_03_00_00.nc";
  const run = await portal.publish("2026-07-01T00Z", { [path]: "wrf" });
  const history = day.with(2, "history");
  const file = await browseFiles(portal.ctx, [...history, "smoke_fire_20260701Z0300.nc"]);
  expect(file).toEqual({ kind: "file", productId: "smoke", run: `${run}-g1`, path });
});

test.each([
  [["sea"]],
  [["smoke", "coast"]],
  [["smoke", "fire", "history"]],
  [[...day.slice(0, 5), "02"]],
  [[...day, "smoke_fire_20260701Z0900.nc"]],
  [["smoke", "..", "secret"]],
])("there is nothing at %j", async (segments) => {
  await using portal = await aPortal();
  await portal.publish("2026-07-01T00Z", { [hour("0100")]: "bytes" });
  await expect(browseFiles(portal.ctx, segments)).rejects.toMatchObject({ code: "open-file-unknown" });
});

test("every link of the STAC catalogue leads to a document that says it is there", async () => {
  await using portal = await aPortal();
  await portal.publish("2026-07-01T00Z", {});
  const origin = "https://nereus.example.org";
  const queue: string[] = [`${origin}/api/stac`];
  const seen = new Map<string, unknown>();
  for (let href = queue.pop(); href !== undefined; href = queue.pop()) {
    const segments = href.slice(`${origin}/api/stac`.length).split("/").filter(Boolean);
    const document = await describeStac(portal.ctx, { segments, origin });
    seen.set(href, document.type);
    const links = Array.isArray(document.links) ? document.links : [];
    expect(links).toContainEqual(expect.objectContaining({ rel: "self", href }));
    queue.push(...links.map((link) => String(link.href)).filter((next) => !seen.has(next) && !queue.includes(next)));
  }
  expect([...seen.values()].sort()).toEqual(["Catalog", "Collection", "Feature", "Feature"]);
  for (const segments of [["sea"], ["smoke", "r-g1-0"], ["smoke", "x", "y"], ["smoke", "latest"]])
    await expect(describeStac(portal.ctx, { segments, origin })).rejects.toMatchObject({ code: "product-unknown" });
});
