import { copyFile, mkdir, readdir, readFile, rm, truncate } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { metSource } from "@/drizzle/schema/portal";
import type { MetSourceConfig } from "@/server/config-schema";
import { type MetSourceDeps, MetSourceRefresher } from "@/server/engine/refresh-met-sources";
import { localConnection } from "@/server/executors/connection/local";
import { runContained } from "@/server/executors/run-contained";
import { aFolder } from "@/test/fixtures/a-folder";
import { freshDatabase } from "@/test/fixtures/database";

const programsPath = fileURLToPath(new URL("../../dist/programs", import.meta.url));
const hours = ["2026-07-01_00:00:00", "2026-07-01_01:00:00"] as const;
let weather: Awaited<ReturnType<typeof aFolder>>;

/** Two hours of synthetic weather under WRF's names, made once: no test changes them. */
beforeAll(async () => {
  weather = await aFolder();
  const params = { cycle: "2026-07-01T00Z", hours: 1 };
  const scratch = weather.path;
  await runContained({ programsPath, program: "demo-weather", params, scratch, timeoutSeconds: 50 });
  return () => weather[Symbol.asyncDispose]();
});

const fileOf = (hour: string) => join(weather.path, "out", `wrfout_d01_${hour}.nc`);

async function aRefresher(config: MetSourceConfig) {
  const database = await freshDatabase();
  const folder = await aFolder();
  const warnings: string[] = [];
  let inspections = 0;
  const deps: MetSourceDeps = {
    db: database.db,
    connection: localConnection(),
    metSources: { local: config, "demo-weather": { kind: "pipeline", pipeline: "demo-weather" } },
    cachePath: join(folder.path, "cache"),
    scratchPath: join(folder.path, "scratch"),
    now: () => new Date("2026-07-01T00:20:00Z"),
    log: { info: () => undefined, warn: (fields: object) => warnings.push(JSON.stringify(fields)) },
    runContained: (request) => {
      inspections += 1;
      return runContained({ ...request, programsPath });
    },
  };
  const refresher = new MetSourceRefresher(deps);
  return {
    refresh: () => refresher.refresh(),
    warnings,
    inspections: () => inspections,
    rows: () => database.db.select().from(metSource),
    cache: () => readdir(join(folder.path, "cache/met/local")),
    left: () => readdir(deps.scratchPath),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("a folder of WRF files serves its frames; it is opened again only when it changed", async () => {
  await using folder = await aFolder();
  await using source = await aRefresher({ kind: "folder", path: folder.path });
  await source.refresh();
  expect(await source.rows()).toEqual([]);
  await copyFile(fileOf(hours[0]), join(folder.path, "a.nc"));
  await source.refresh();
  await source.refresh();
  expect(source.inspections()).toBe(1);
  await copyFile(fileOf(hours[1]), join(folder.path, "b.nc"));
  await source.refresh();
  const [row] = await source.rows();
  expect(row?.inventory).toMatchObject({ source: "local", files: [{ path: join(folder.path, "a.nc") }, {}] });
  expect(row?.inventory.frames.map((frame) => frame.validAtUtc)).toEqual([
    expect.stringMatching(/^2026-07-01T00:00:00/),
    expect.stringMatching(/^2026-07-01T01:00:00/),
  ]);
  expect(source.warnings).toEqual([]);
  expect(await source.left()).toEqual([]);
});

test("a file that is cut short is told, and the source keeps what it served", async () => {
  await using folder = await aFolder();
  await using source = await aRefresher({ kind: "folder", path: folder.path });
  await copyFile(fileOf(hours[0]), join(folder.path, "a.nc"));
  await source.refresh();
  const before = await source.rows();
  await copyFile(fileOf(hours[1]), join(folder.path, "b.nc"));
  await truncate(join(folder.path, "b.nc"), 5000);
  await source.refresh();
  expect(source.warnings.join()).toContain("file-truncated");
  expect(await source.rows()).toEqual(before);
});

test("hours offered under an address are kept in the cache, and one that vanishes there stays until it is old", async () => {
  await using offered = await aFolder();
  const server = createServer((request, response) => {
    const wanted = join(offered.path, (request.url ?? "").replaceAll("/", "_"));
    readFile(wanted).then(
      (bytes) => response.writeHead(200, { "content-length": bytes.length }).end(request.method === "GET" ? bytes : ""),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const url = `http://127.0.0.1:${address.port}/{YYYY}/{MM}/{DD}/w{HH}.nc`;
  try {
    await using source = await aRefresher({ kind: "template", url, hours: 2 });
    await mkdir(offered.path, { recursive: true });
    for (const [i, hour] of hours.entries()) await copyFile(fileOf(hour), join(offered.path, `_2026_07_01_w0${i}.nc`));
    await source.refresh();
    await rm(join(offered.path, "_2026_07_01_w00.nc"));
    await source.refresh();
    expect((await source.cache()).filter((name) => name.endsWith(".nc"))).toEqual([
      "2026-07-01T00Z.nc",
      "2026-07-01T01Z.nc",
    ]);
    expect((await source.rows())[0]?.inventory.frames).toHaveLength(2);
    expect(source.inspections()).toBe(1);
    expect(source.warnings).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
