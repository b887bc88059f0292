import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { fetchFiles } from "@/server/programs/fetch-met/fetch-files";

/** The smallest classic NetCDF file: no dimensions, attributes or variables. */
const emptyFile = Uint8Array.from([0x43, 0x44, 0x46, 1, ...Array.from({ length: 28 }, () => 0)]);

test("local files stand together with an inventory of relative paths", async () => {
  const folder = await aFolder();
  const path = join(folder, "wrfout_d01_2026-07-01_00:00:00");
  await writeFile(path, emptyFile);
  const met = anInventory([{ path, sizeBytes: 32, sha256: null }]);
  await fetchFiles(met, join(folder, "met"), () => undefined);
  expect((await readdir(join(folder, "met"))).sort()).toEqual(["0000.nc", "met.json"]);
  const written: MetInventory = JSON.parse(await readFile(join(folder, "met/met.json"), "utf8"));
  expect(written.files).toEqual([{ path: "0000.nc", sizeBytes: 32, sha256: null }]);
  expect(written.frames).toEqual(met.frames);
  await fetchFiles(met, join(folder, "met"), () => undefined);
  expect(await readdir(join(folder, "met"))).toHaveLength(2);
});

test("a file that is gone, cut or not NetCDF is refused by its own name and leaves nothing behind", async () => {
  const folder = await aFolder();
  const path = join(folder, "weather.nc");
  const attempt = (sizeBytes: number) =>
    fetchFiles(anInventory([{ path, sizeBytes, sha256: null }]), join(folder, "met"), () => undefined);
  await expect(attempt(32)).rejects.toMatchObject({ code: "file-unreadable", fields: { file: path } });
  await writeFile(path, emptyFile.subarray(0, 20));
  await expect(attempt(32)).rejects.toMatchObject({ code: "file-truncated", fields: { file: path } });
  await expect(attempt(20)).rejects.toMatchObject({ code: "file-truncated", fields: { file: path } });
  await writeFile(path, "<html>not here</html>");
  await expect(attempt(21)).rejects.toMatchObject({ code: "format-unknown", fields: { file: path } });
  expect((await readdir(join(folder, "met"))).filter((name) => !name.endsWith(".part"))).toEqual([]);
});

test("an address is downloaded, and refused when size or hash are not as announced", async () => {
  await using server = await aServer(emptyFile);
  const sha256 = createHash("sha256").update(emptyFile).digest("hex");
  const fetchOne = async (path: string, sizeBytes: number, hash: string | null) =>
    fetchFiles(anInventory([{ path, sizeBytes, sha256: hash }]), join(await aFolder(), "met"), () => undefined);
  const good = `${server.url}/a.nc`;
  expect((await fetchOne(good, 32, null)).files).toEqual([{ path: "0000.nc", sizeBytes: 32, sha256 }]);
  await expect(fetchOne(good, 40, null)).rejects.toMatchObject({ code: "file-truncated", fields: { file: good } });
  await expect(fetchOne(good, 30, null)).rejects.toMatchObject({ code: "file-unreadable", fields: { file: good } });
  await expect(fetchOne(good, 32, "0".repeat(64))).rejects.toMatchObject({ code: "artifact-changed" });
  await expect(fetchOne(`${server.url}/busy`, 32, null)).rejects.toMatchObject({
    code: "file-unreadable",
    retryable: true,
  });
});

test("an inventory without frames is refused", async () => {
  const met = { ...anInventory([]), frames: [] };
  await expect(fetchFiles(met, join(await aFolder(), "met"), () => undefined)).rejects.toMatchObject({
    code: "met-no-records",
  });
});

function anInventory(files: MetInventory["files"]): MetInventory {
  const projection = { name: "mercator", trueLat1: 0, standLon: 14, radiusM: 6_370_000 } as const;
  const grid = { kind: "projected", nX: 2, nY: 2, projection, x0: 0, y0: 0, dX: 1000, dY: 1000 } as const;
  const bounds = { south: 40, north: 41, west: 14, east: 15 };
  const frames = [{ validAtUtc: "2026-07-01T00:00:00Z", file: 0, record: 0, grid, bounds }];
  return { source: "test", files, frames, derived: [], demonstration: false, runId: null };
}

function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "nereus-fetch-met-"));
}

async function aServer(content: Uint8Array): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/busy" ? 503 : 200;
    response.end(content);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
