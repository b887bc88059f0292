import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { asId } from "@/lib/ids";
import { runContained } from "@/server/executors/run-contained";
import { provideContainment } from "@/server/services/contain-work";
import type { Actor } from "@/server/services/context";
import { type PreviewSource, previewFile } from "@/server/services/previews/preview-file";
import { readPreviewPlane } from "@/server/services/previews/read-preview-plane";
import { listAuditRows } from "@/server/store/audit-list";
import { aFolder } from "@/test/fixtures/a-folder";
import { aSmokeHour } from "@/test/fixtures/a-smoke-hour";
import { freshDatabase } from "@/test/fixtures/database";
import { programsPath } from "@/test/fixtures/programs-path";
import { isAbsent, reference } from "@/test/fixtures/reference";

const host: Actor = { kind: "host" };
const grid = { kind: "latlon", nX: 60, nY: 50, lon0: 14, lat0: 40.5, dLon: 0.002, dLat: 0.0015 } as const;
const hour = Buffer.from(aSmokeHour(grid, { time: "2026-07-01T02:00:00Z", index: 1 }));

let folder: Awaited<ReturnType<typeof aFolder>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let ask: (source: PreviewSource, actor?: Actor) => ReturnType<typeof previewFile>;
let plane: (id: string, variable: string, actor?: Actor) => ReturnType<typeof readPreviewPlane>;
const kept = async (): Promise<readonly string[]> => readdir(join(folder.path, "previews")).catch(() => []);

beforeAll(async () => {
  [folder, database] = [await aFolder(), await freshDatabase()];
  provideContainment(runContained);
  const config = { scratchPath: folder.path, programsPath };
  const ctx = (actor: Actor) => ({ db: database.db, actor, now: () => new Date(), config });
  ask = (source, actor = host) => previewFile(ctx(actor), source);
  plane = (id, variable, actor = host) => readPreviewPlane(ctx(actor), { id, variable, indices: [0] });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test("a file that is sent is described, its variables can be looked at, and the audit log says so", async () => {
  const { id, description } = await ask({ name: "C:\\data\\smoke.nc", body: Readable.from([hour]) });
  expect(description).toMatchObject({
    file: "smoke.nc",
    format: "NetCDF 64-bit offset (CDF-2)",
    timesUtc: ["2026-07-01T02:00:00Z"],
  });
  expect(description.grid).toMatchObject({ nX: 60, nY: 50, bounds: { west: 14, south: 40.5 } });
  const shown = await plane(id, "pm25");
  expect([shown.nX, shown.nY, shown.units]).toEqual([60, 50, "ug m-3"]);
  expect(shown.places).toMatchObject({ kind: "axes" });
  const [row] = await listAuditRows(database.db, { before: null, limit: 1 });
  expect([row?.verb, row?.subject]).toEqual(["preview files", "file:smoke.nc"]);
});

test("nobody else finds the file, nor anybody what lies beside it", async () => {
  const { id } = await ask({ name: "smoke.nc", body: Readable.from([hour]) });
  const other: Actor = { kind: "user", userId: asId("someone"), role: "admin", organisationId: null };
  await expect(plane(id, "pm25", other)).rejects.toMatchObject({ code: "preview-unknown" });
  await expect(plane("../../../etc", "pm25")).rejects.toMatchObject({ code: "preview-unknown" });
  await expect(plane(id, "pm10")).rejects.toMatchObject({ code: "variable-missing" });
});

test("an account keeps four files, the newest", async () => {
  const ids: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    ids.push((await ask({ name: "table.csv", body: Readable.from(["lat,lon\n40,14\n"]) })).id);
  }
  expect([...(await kept())].sort()).toEqual(ids.slice(1).sort());
});

test("what cannot be read is refused with its reason, and not kept", async () => {
  const before = await kept();
  const refusal = await ask({ name: "cut.nc", body: Readable.from([hour.subarray(0, 5000)]) }).catch((error) => error);
  expect(isNereusError(refusal, "file-truncated") ? refusal.fields.file : refusal).toBe("cut.nc");
  await expect(ask({ name: "", body: Readable.from([]) })).rejects.toMatchObject({ fields: { file: "file" } });
  const endless = Readable.from(tooMuch());
  await expect(ask({ name: "large.nc", body: endless })).rejects.toMatchObject({ code: "upload-too-large" });
  expect((await kept()).filter((id) => !before.includes(id))).toEqual([]);
});

const hostile = "data/odd-files/tiff-fuzz";
test.skipIf(isAbsent(hostile))("hostile rasters end their own process at most (data/odd-files/tiff-fuzz)", async () => {
  const names = (await readdir(reference(hostile))).slice(0, 3);
  for (const name of names) {
    const body = Readable.from([await readFile(reference(`${hostile}/${name}`))]);
    const outcome = await ask({ name, body }).catch((error: unknown) => error);
    expect(outcome instanceof Error && !isNereusError(outcome)).toBe(false);
  }
});

test.each(["http://127.0.0.1:1/a.nc", "http://localhost/a.nc", "http://169.254.169.254/latest", "http://[::1]/a.nc"])(
  "the private address %s is not asked",
  async (url) => {
    await expect(ask({ url })).rejects.toMatchObject({ code: "address-refused" });
  },
);

test.each(["file:///etc/passwd", "no address"])("%s is no address that is asked", async (url) => {
  const refusal = await ask({ url }).catch((error: unknown) => error);
  expect(isNereusError(refusal)).toBe(true);
});

test("who has no account is asked to sign in", async () => {
  const body = Readable.from([hour]);
  await expect(ask({ name: "a.nc", body }, { kind: "anonymous" })).rejects.toMatchObject({ code: "sign-in-required" });
});

function* tooMuch(): Generator<Buffer> {
  const block = Buffer.alloc(4 * 1024 * 1024);
  for (let at = 0; at < 70; at += 1) yield block;
}
